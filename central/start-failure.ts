/** Why central did not start: one line for the operator, exit code 2. */
export interface StartFailure {
  readonly code:
    | 'options'
    | 'data-directory'
    | 'in-use'
    | 'key-file'
    | 'catalog'
    | 'database'
    | 'database-newer'
    | 'port'
    | 'rescue';
  readonly message: string;
}

/** Reads a system error's code (`EACCES`, `EADDRINUSE`, …) or a PostgreSQL SQLSTATE; null for anything else. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

export function errorText(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
}
