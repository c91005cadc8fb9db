import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';

export type Paper =
  | { readonly kind: 'untouched' | 'printing' }
  /** It is on the screen alone: nobody can print it any more. */
  | { readonly kind: 'gone' }
  | Extract<PrintOutcome, { kind: 'printed' } | { kind: 'refused' }>;

export type PrintAnswer =
  | {
      readonly kind: 'ok';
      readonly value: { readonly outcome: PrintOutcome; readonly password: 'valid' | 'revoked' | 'revocation-waits' };
    }
  | { readonly kind: 'refused'; readonly error: { readonly code: string } }
  | { readonly kind: 'failed' | 'link-lost' };

type Printed =
  | { readonly kind: 'paper'; readonly paper: Paper }
  | { readonly kind: 'taken-back'; readonly isRevoked: boolean }
  /** It is in this terminal's memory no more, and nobody takes it back. */
  | { readonly kind: 'not-held' };

/** What the print of a secret leaves: the secret as it is, or one that may lie on paper and is taken back. */
export function afterPrint(answer: PrintAnswer): Printed {
  if (answer.kind === 'refused' && answer.error.code === 'ALREADY_PRINTED') {
    return { kind: 'paper', paper: { kind: 'printed' } };
  }
  if (answer.kind === 'refused' && answer.error.code === 'NOT_HELD') return { kind: 'not-held' };
  if (answer.kind !== 'ok') return { kind: 'taken-back', isRevoked: false };
  const { outcome, password } = answer.value;
  switch (outcome.kind) {
    case 'printed':
    case 'refused':
      return { kind: 'paper', paper: outcome };
    case 'failed':
    case 'unknown':
    case 'no-status':
      return { kind: 'taken-back', isRevoked: password === 'revoked' };
    default:
      return cantHappen(outcome);
  }
}
