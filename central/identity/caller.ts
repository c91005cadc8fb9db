/** Who an access token speaks for. */
export type Caller =
  | { readonly kind: 'terminal'; readonly terminal: string; readonly shop: string }
  | {
      readonly kind: 'customer';
      readonly customerNumber: string;
      readonly terminal: string;
      readonly shop: string;
      readonly sessionId: string;
    }
  | { readonly kind: 'operator'; readonly subject: string; readonly mayWrite: boolean };

/** What an operator's token can be for; writing includes reading, `operator` includes both. */
export const OPERATOR_SCOPES = ['tmf.read', 'tmf.write', 'operator'] as const;
export type OperatorScope = (typeof OPERATOR_SCOPES)[number];

export function isOperatorScope(text: string): text is OperatorScope {
  return OPERATOR_SCOPES.some((scope) => scope === text);
}
