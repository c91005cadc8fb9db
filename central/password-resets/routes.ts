import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  passwordResetCompletionRequestSchema,
  passwordResetIssueRequestSchema,
  passwordResetQuestionRequestSchema,
  passwordResetRequestSchema,
} from '../../shared/central-api/password-resets.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { callerOf } from '../http/authentication.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import type { QuestionResets } from './question-resets.ts';
import type { PasswordResets, ResetSubject } from './password-resets.ts';

const TERMINALS_ONLY = forbidden('Forgotten passwords are set anew at terminals, by guests or with staff');

/** The house API: somebody who no longer knows the password of their iTSCOM ID gets another at a terminal. */
export function passwordResetRoutes(
  app: FastifyInstance,
  parts: { passwordResets: PasswordResets; questionResets: QuestionResets; onMail: () => void },
): void {
  const { passwordResets, questionResets, onMail } = parts;
  app.post(CENTRAL_PATHS.passwordResets, async (request, reply) => {
    const caller = callerOf(request);
    const asked = passwordResetRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('id, sessionId, loginId and language are required'));
    const subject = subjectOf(caller, asked.data.loginId);
    if (subject === null || caller.kind === 'operator') return sendFailure(reply, TERMINALS_ONLY);
    const begun = await passwordResets.begin(caller, subject, asked.data);
    if (!begun.ok) return sendFailure(reply, begun.error);
    onMail();
    return reply.header('cache-control', 'no-store').send(begun.value);
  });

  app.post<{ Params: { id: string } }>(`${CENTRAL_PATHS.passwordResets}/:id/completion`, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, TERMINALS_ONLY);
    const id = z.uuid().safeParse(request.params.id);
    if (!id.success) return sendFailure(reply, NOT_FOUND);
    const asked = passwordResetCompletionRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('sessionId and password are required'));
    const completed = await passwordResets.complete(caller, id.data, asked.data);
    if (!completed.ok) return sendFailure(reply, completed.error);
    onMail();
    return reply.send(completed.value);
  });

  app.post<{ Params: { id: string } }>(`${CENTRAL_PATHS.passwordResets}/:id/question`, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, TERMINALS_ONLY);
    const id = z.uuid().safeParse(request.params.id);
    if (!id.success) return sendFailure(reply, NOT_FOUND);
    const asked = passwordResetQuestionRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('sessionId, question, answer and language are required'));
    const remembered = await questionResets.remember(caller, id.data, asked.data);
    if (!remembered.ok) return sendFailure(reply, remembered.error);
    onMail();
    return reply.header('cache-control', 'no-store').send(remembered.value);
  });

  app.post<{ Params: { id: string } }>(`${CENTRAL_PATHS.passwordResets}/:id/issue`, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, TERMINALS_ONLY);
    const id = z.uuid().safeParse(request.params.id);
    if (!id.success) return sendFailure(reply, NOT_FOUND);
    const asked = passwordResetIssueRequestSchema.safeParse(request.body);
    if (!asked.success) {
      return sendFailure(reply, badRequest('sessionId, issueId, attempt, question and answer are required'));
    }
    const issued = await questionResets.issue(caller, id.data, asked.data);
    if (!issued.ok) return sendFailure(reply, issued.error);
    onMail();
    return reply.code(201).header('cache-control', 'no-store').send(issued.value);
  });
}

/** null: it isn't for this caller. */
function subjectOf(caller: Caller, loginId: string | null): ResetSubject | null {
  if (caller.kind === 'terminal' && loginId !== null) return { kind: 'typed', loginId };
  if (caller.kind !== 'customer' || caller.staff === null || loginId !== null) return null;
  return { kind: 'served', customerNumber: caller.customerNumber, staffNumber: caller.staff.staffNumber };
}
