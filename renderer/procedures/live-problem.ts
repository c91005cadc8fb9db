/** What a screen says to each way in which a live procedure's call is refused. */
const KINDS = {
  CENTRAL_UNREACHABLE: 'unreachable',
  OUTCOME_UNKNOWN: 'outcome-unknown',
  OVER: 'over',
  NOT_ALLOWED: 'not-allowed',
  NO_CONTACT: 'no-contact',
  CODE_WRONG: 'code-wrong',
  ANSWER_WRONG: 'answer-wrong',
  ID_TAKEN: 'id-taken',
  PRESENT_REFUSED: 'present-refused',
  CONTRACTOR_REFUSED: 'contractor-refused',
  ONE_TIME_REFUSED: 'one-time-refused',
  TOO_MANY_IDS: 'too-many',
  // Nothing that who stands there could put right.
  UNKNOWN_ACCOUNT: 'failed',
  SESSION_GONE: 'failed',
} as const;
type RefusalCode = keyof typeof KINDS;

export type LiveFailure<Code extends RefusalCode> =
  | {
      readonly kind: 'refused';
      readonly error:
        | { readonly code: 'THROTTLED'; readonly data: { readonly retryAfterSeconds: number } }
        | { readonly code: Code };
    }
  | { readonly kind: 'failed' }
  | { readonly kind: 'link-lost' };
export type LiveAnswer<Value, Code extends RefusalCode> =
  | { readonly kind: 'ok'; readonly value: Value }
  | LiveFailure<Code>;

export type LiveProblem<Code extends RefusalCode> =
  | { readonly kind: 'throttled'; readonly minutes: number }
  | OfKind<(typeof KINDS)[Code] | 'outcome-unknown' | 'failed'>;
type OfKind<Kind extends string> = Kind extends string ? { readonly kind: Kind } : never;
type CodeOf<Failure extends LiveFailure<RefusalCode>> = Exclude<
  Extract<Failure, { kind: 'refused' }>['error']['code'],
  'THROTTLED'
>;

/** A link that was lost may have carried the call. */
export function liveProblem<Failure extends LiveFailure<RefusalCode>>(answer: Failure): LiveProblem<CodeOf<Failure>>;
export function liveProblem(answer: LiveFailure<RefusalCode>): LiveProblem<RefusalCode> {
  if (answer.kind === 'link-lost') return { kind: 'outcome-unknown' };
  if (answer.kind === 'failed') return { kind: 'failed' };
  const { error } = answer;
  if (error.code === 'THROTTLED') return { kind: 'throttled', minutes: Math.ceil(error.data.retryAfterSeconds / 60) };
  return { kind: KINDS[error.code] };
}
