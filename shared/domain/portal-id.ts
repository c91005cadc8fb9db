export const PORTAL_ID_LENGTHS = { min: 4, max: 100 } as const;

/** Nobody signs in with a longer ID or password. */
export const SIGN_IN_MOST = PORTAL_ID_LENGTHS.max;

export const PORTAL_ID_RULES = ['length', 'characters', 'mail'] as const;
export type PortalIdRule = (typeof PORTAL_ID_RULES)[number];

/** The rules of an iTSCOM ID (p.14): a mail address of few characters, since mail must reach it. */
export function brokenIdRules(id: string): readonly PortalIdRule[] {
  const { min, max } = PORTAL_ID_LENGTHS;
  return [
    ...(id.length >= min && id.length <= max ? [] : (['length'] as const)),
    ...(/^[A-Za-z0-9@_.-]*$/.test(id) ? [] : (['characters'] as const)),
    ...(isMailAddress(id) ? [] : (['mail'] as const)),
  ];
}

/** No dot at either end of a part or twice in turn, and a domain with a dot in it. */
function isMailAddress(id: string): boolean {
  const [local = '', domain = '', ...more] = id.split('@');
  const label = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
  return (
    more.length === 0 &&
    /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/.test(local) &&
    local.length <= 64 &&
    new RegExp(`^(?:${label}\\.)+[A-Za-z]{2,}$`).test(domain)
  );
}
