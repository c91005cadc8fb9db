import type { TmfError } from '../../../shared/central-api/common.ts';

export interface AnswerHeaders {
  readonly date: string | null;
  readonly retryAfter: string | null;
  readonly etag: string | null;
  readonly totalCount: string | null;
}

/** What came back from a request, before anyone decides what it means. */
export type CentralAnswer<T> =
  | { readonly kind: 'ok'; readonly status: number; readonly body: T; readonly headers: AnswerHeaders }
  /** 304: what the terminal has still holds. */
  | { readonly kind: 'unchanged'; readonly headers: AnswerHeaders }
  | { readonly kind: 'error'; readonly status: number; readonly error: TmfError; readonly headers: AnswerHeaders }
  /** Somebody answered, but not in central's words: a captive portal, a proxy's error page, cut JSON. */
  | { readonly kind: 'not-central'; readonly status: number; readonly headers: AnswerHeaders }
  /** `sent` false: the request certainly never left. */
  | { readonly kind: 'no-answer'; readonly sent: boolean; readonly cause: string };
