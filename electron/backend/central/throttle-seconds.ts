const DEFAULT_SECONDS = 60;

/** How long a 429 of the house API asks to wait. @param retryAfter its header */
export function throttleSeconds(retryAfter: string | null): number {
  const seconds = Number(retryAfter ?? Number.NaN);
  return seconds >= 1 ? Math.ceil(seconds) : DEFAULT_SECONDS;
}
