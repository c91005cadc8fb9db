import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { RegistrationDesk } from '../../registration/registration-desk.ts';
import { visitorError } from '../visitor-error.ts';

export function registrationRoutes({ registration }: { registration: RegistrationDesk }) {
  const os = implement(contract.registration);
  return os.router({
    verify: os.verify.handler(async ({ input, errors }) => {
      const { contractor, ...visit } = input;
      const verified = await registration.verify(visit, contractor);
      if (verified.ok) return { state: verified.value.state, replaces: verified.value.replaces };
      if (verified.error.code === 'contractor-refused') throw errors.CONTRACTOR_REFUSED();
      if (verified.error.code === 'over') throw errors.OVER();
      throw visitorError(verified.error, errors);
    }),
    mail: os.mail.handler(async ({ input, errors }) => {
      const { registrationId, visitId, ...chosen } = input;
      const mailed = await registration.mail({ registrationId, visitId }, chosen);
      if (mailed.ok) {
        const { presentContact, mailAddresses } = mailed.value;
        return { presentContact, mailAddresses };
      }
      if (mailed.error.code === 'not-allowed') throw errors.NOT_ALLOWED();
      if (mailed.error.code === 'over') throw errors.OVER();
      throw visitorError(mailed.error, errors);
    }),
    redeem: os.redeem.handler(async ({ input, errors }) => {
      const { password, ...visit } = input;
      const redeemed = await registration.redeem(visit, password);
      if (redeemed.ok) {
        const { loginId, replaces, terms } = redeemed.value;
        return { loginId, replaces, terms };
      }
      if (redeemed.error.code === 'refused') throw errors.ONE_TIME_REFUSED();
      throw visitorError(redeemed.error, errors);
    }),
    state: os.state.handler(async ({ input, errors }) => {
      const found = await registration.state(input);
      if (found.ok) return { state: found.value.state, triesLeft: found.value.triesLeft };
      throw visitorError(found.error, errors);
    }),
    prove: os.prove.handler(async ({ input, errors }) => {
      const { code, ...visit } = input;
      const proved = await registration.prove(visit, code);
      if (proved.ok) return;
      if (proved.error.code === 'code-wrong') throw errors.CODE_WRONG();
      if (proved.error.code === 'over') throw errors.OVER();
      throw visitorError(proved.error, errors);
    }),
    complete: os.complete.handler(async ({ input, errors }) => {
      const { contact, ...visit } = input;
      const completed = await registration.complete(visit, contact);
      if (completed.ok) return { loginId: completed.value.loginId };
      if (completed.error.code === 'over') throw errors.OVER();
      throw visitorError(completed.error, errors);
    }),
  });
}
