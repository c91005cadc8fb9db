/** What has a password that customers choose themselves: the portal (iTSCOM ID), or an account of a service. */
export const CHOSEN_PASSWORDS = ['portal', 'access-account', 'cable-id'] as const;
export type ChosenPassword = (typeof CHOSEN_PASSWORDS)[number];

/** Lengths of p.14, 171 and of p.82; the manual gives none for みるプラス, which gets the portal's. */
export const PASSWORD_LENGTHS: Readonly<Record<ChosenPassword, { readonly min: number; readonly max: number }>> = {
  portal: { min: 6, max: 32 },
  'access-account': { min: 5, max: 32 },
  'cable-id': { min: 6, max: 32 },
};

/** Of one that is asked for: ours, longer than any. */
export const PRESENT_PASSWORD_MOST = 100;

const ALLOWED = /^[A-Za-z0-9%+./:=@^_-]*$/;

export const PASSWORD_RULES = ['length', 'characters'] as const;
export type PasswordRule = (typeof PASSWORD_RULES)[number];

/** The rules that it breaks; nothing typed yet breaks the length only. */
export function brokenRules(kind: ChosenPassword, password: string): readonly PasswordRule[] {
  const { min, max } = PASSWORD_LENGTHS[kind];
  const isLong = password.length >= min && password.length <= max;
  return [...(isLong ? [] : (['length'] as const)), ...(ALLOWED.test(password) ? [] : (['characters'] as const))];
}
