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

/** What is chosen on p.86. */
export const VOICE_CHOICES: Draft = {
  plan: 'voice',
  volume: 'mobile.voice-10gb',
  calls: 'mobile.call-10',
  fiveG: 'on',
  voicemail: 'mobile.voicemail',
  set: 'set',
  device: 'mobile.device-wish',
  colour: 'mobile.wish-ivory',
  warranty: 'mobile.warranty',
  simSize: 'nano',
  accessory: 'mobile.accessory',
  support: 'mobile.set-up-support',
  filtering: 'mobile.filtering',
};

/** A data line with its device and warranty, as it is applied for on p.96. */
export const DATA_LINE: Draft = {
  plan: 'data',
  volume: 'mobile.data-20gb',
  fiveG: 'off',
  set: 'set',
  device: 'mobile.device-fs030w',
  warranty: 'mobile.warranty',
  simSize: 'micro',
  contractorBornOn: '1985-01-02',
  relation: 'self',
  contactNumber: '080-1234-5678',
};

/** A data line for a device that is there already: the fewest choices. */
export const SIM_ONLY_LINE: Draft = {
  plan: 'data',
  volume: 'mobile.data-3gb',
  fiveG: 'off',
  set: 'sim-only',
  simSize: 'nano',
  contractorBornOn: '昭和60年1月2日',
  relation: 'self',
  contactNumber: '08012345678',
};

/** What is contracted of a voice line for a device that is there already, without filtering: the fewest choices. */
export const VOICE_SIM_ONLY: Draft = {
  plan: 'voice',
  volume: 'mobile.voice-3gb',
  calls: 'basic',
  fiveG: 'off',
  voicemail: 'no',
  set: 'sim-only',
  handset: 'other',
  simSize: 'nano',
  accessory: 'no',
  support: 'no',
  filtering: 'no',
};

/** Who is to use it, as a kiosk without keys for kanji has it typed. */
export const FOR_CHILD: Draft = {
  contractorBornOn: '昭和60年1月2日',
  relation: 'child',
  familyKana: 'タカハシ',
  givenKana: 'はなこ',
  bornOn: '2015-04-01',
};
