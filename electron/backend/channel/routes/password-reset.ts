import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { IssuedPasswordDesk } from '../../password-reset/issued-password-desk.ts';
import type { PasswordResetDesk } from '../../password-reset/password-reset-desk.ts';
import { issueError, printError } from '../issued-secret-error.ts';
import { visitorError } from '../visitor-error.ts';

export function passwordResetRoutes(parts: { passwordReset: PasswordResetDesk; issuedPasswords: IssuedPasswordDesk }) {
  const { passwordReset, issuedPasswords } = parts;
  const os = implement(contract.passwordReset);
  return os.router({
    begin: os.begin.handler(async ({ input, errors }) => {
      const { owner, language, ...visit } = input;
      const begun = await passwordReset.begin(visit, owner, language);
      if (begun.ok) return { way: begun.value.way };
      if (begun.error.code === 'over') throw errors.OVER();
      if (begun.error.code === 'no-contact') throw errors.NO_CONTACT();
      if (begun.error.code === 'session-gone') throw errors.SESSION_GONE();
      throw visitorError(begun.error, errors);
    }),
    state: os.state.handler(async ({ input, errors }) => {
      const found = await passwordReset.state(input);
      if (found.ok) return { state: found.value.state, triesLeft: found.value.triesLeft };
      throw visitorError(found.error, errors);
    }),
    prove: os.prove.handler(async ({ input, errors }) => {
      const { code, ...visit } = input;
      const proved = await passwordReset.prove(visit, code);
      if (proved.ok) return;
      if (proved.error.code === 'code-wrong') throw errors.CODE_WRONG();
      if (proved.error.code === 'over') throw errors.OVER();
      throw visitorError(proved.error, errors);
    }),
    complete: os.complete.handler(async ({ input, errors }) => {
      const { password, ...visit } = input;
      const completed = await passwordReset.complete(visit, password);
      if (completed.ok) return { loginId: completed.value.loginId };
      if (completed.error.code === 'not-allowed') throw errors.NOT_ALLOWED();
      if (completed.error.code === 'over') throw errors.OVER();
      throw visitorError(completed.error, errors);
    }),
    remember: os.remember.handler(async ({ input, errors }) => {
      const { question, answer, language, ...visit } = input;
      const remembered = await passwordReset.remember(visit, { question, answer }, language);
      if (remembered.ok) return;
      if (remembered.error.code === 'not-allowed') throw errors.NOT_ALLOWED();
      if (remembered.error.code === 'over') throw errors.OVER();
      throw visitorError(remembered.error, errors);
    }),
    issue: os.issue.handler(async ({ input, errors }) => {
      const { issueId, question, answer, ...visit } = input;
      const issued = await issuedPasswords.issue(visit, { issueId, question, answer });
      if (issued.ok) return issued.value;
      if (issued.error.code === 'answer-wrong') throw errors.ANSWER_WRONG();
      throw issueError(issued.error, errors);
    }),
    print: os.print.handler(async ({ input, errors }) => {
      const { issueId, language, ...visit } = input;
      const printed = await issuedPasswords.print(visit, { issueId, language });
      if (printed.ok) return printed.value;
      throw printError(printed.error.code, errors);
    }),
    forget: os.forget.handler(({ input }) => issuedPasswords.forget(input)),
  });
}
