import { v7 } from 'uuid';
import type { IdentityMethod } from '../../../shared/domain/identity-check.ts';
import { isProcedureId, loadProcedure } from '../../../shared/procedures/registry.ts';
import type { UnderWay } from '../../app/under-way.ts';
import { go, procedureHash } from '../../app/route.ts';
import type { Terminal } from '../../app/terminal.ts';
import { resumeAnswers } from '../../wizard/wizard-state.ts';
import { type QueueAnswer, refused } from './queue-terminal.ts';

/** Opens the customer's session and their procedure at its first question, with what they answered before. */
export async function beginCorrection(
  terminal: Terminal,
  underWay: UnderWay,
  input: { staffSessionId: string; applicationId: string; customerNumber: string; identityMethod: IdentityMethod },
): Promise<QueueAnswer> {
  const answer = await terminal.connection.ask((client) => client.queue.correct(input));
  if (answer.kind === 'ok') {
    const { sessionId, procedureId, answers } = answer.value;
    if (!isProcedureId(procedureId)) return { kind: 'not-now' };
    const procedure = await loadProcedure(procedureId);
    if (!(await terminal.staff.opened(input.staffSessionId, sessionId))) return { kind: 'gone' };
    underWay.keep(procedureId, resumeAnswers(procedure, v7(), answers));
    go(procedureHash(procedureId));
    return { kind: 'done' };
  }
  return answer.kind === 'refused' ? refused(terminal, input.staffSessionId, answer.error) : answer;
}
