import type { Draft } from '../procedure.ts';

export const ACCESSORY = 'mobile.accessory';
export const SUPPORT = 'mobile.set-up-support';
export const VOICEMAIL = 'mobile.voicemail';
export const WARRANTY = 'mobile.warranty';
export const FILTERING = 'mobile.filtering';
export const CALL_OPTIONS = ['mobile.call-10', 'mobile.call-120'] as const;
/** Up to so long is each call free, however many there are (p.87). */
export const FREE_MINUTES: Readonly<Record<(typeof CALL_OPTIONS)[number], number>> = {
  'mobile.call-10': 10,
  'mobile.call-120': 120,
};

const NAME_LENGTH = 20;
export const NAME = { kind: 'name', atMost: NAME_LENGTH } as const;
export const KANA = { kind: 'kana', atMost: NAME_LENGTH } as const;
export const BIRTH = { kind: 'date', of: 'birth' } as const;

export const isVoice = (draft: Draft): boolean => draft['plan'] === 'voice';
export const isSet = (draft: Draft): boolean => draft['set'] === 'set';
/** The number is brought along from another company. */
export const isPort = (draft: Draft): boolean => isVoice(draft) && draft['numbering'] === 'mnp';
/** Somebody else than the contractor uses the line. */
export const isOther = (draft: Draft): boolean => draft['relation'] !== undefined && draft['relation'] !== 'self';
