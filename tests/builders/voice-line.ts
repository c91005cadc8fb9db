import type { Draft } from '../../shared/procedures/procedure.ts';

/** A voice line with a device, as a grown-up asks for it for himself or herself. */
export const VOICE_LINE: Draft = {
  plan: 'voice',
  volume: 'mobile.voice-6gb',
  calls: 'mobile.call-10',
  fiveG: 'off',
  voicemail: 'no',
  set: 'set',
  device: 'mobile.device-wish',
  colour: 'mobile.wish-ivory',
  warranty: 'no',
  simSize: 'nano',
  accessory: 'no',
  support: 'no',
  filtering: 'no',
  contractorBornOn: '昭和60年1月2日',
  relation: 'self',
  numbering: 'new',
};
