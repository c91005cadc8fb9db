/** What a run of customers does, in words that stand on the screen. */
export interface SessionScript {
  readonly sessions: number;
  readonly loginId: string;
  readonly password: string;
  readonly texts: { readonly begin: string; readonly signIn: string; readonly finish: string };
  /** What the headings of the customer's home and contracts hold. */
  readonly home: string;
  readonly contracts: string;
}

/** Runs in the page: one customer after the other. */
export function runSessions(script: SessionScript): Promise<void>;
