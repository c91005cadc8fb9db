import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { PasswordResetDesk } from '../../password-reset/password-reset-desk.ts';
import { visitorError } from '../visitor-error.ts';

export function passwordResetRoutes({ passwordReset }: { passwordReset: PasswordResetDesk }) {
  const os = implement(contract.passwordReset);
  return os.router({
    begin: os.begin.handler(async ({ input, errors }) => {
      const { owner, language, ...visit } = input;
      const begun = await passwordReset.begin(visit, owner, language);
      if (begun.ok) return;
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
  });
}
