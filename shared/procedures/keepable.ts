import type { Procedure } from './procedure.ts';

const WORTH_KEEPING_STEPS = 2;

/**
 * Whether 一時保存 is offered: where more than one page is filled in, in order to apply. No procedure of the registry
 * asks for a secret; those that need central now, or a screen of their own for it, have nothing to go on with later.
 */
export function isKeepable(procedure: Pick<Procedure, 'audience' | 'offline' | 'whileReachable' | 'steps'>): boolean {
  const { audience, offline, whileReachable, steps } = procedure;
  const isApplication = audience.includes('C') && offline === 'queue' && whileReachable === null;
  return isApplication && steps.filter(({ kind }) => kind === 'choose').length >= WORTH_KEEPING_STEPS;
}
