import { createChangePassword } from './accounts/change-password.ts';
import { createProvePresent } from './accounts/prove-present.ts';
import { createCodes } from './codes/codes.ts';
import { createMailCode } from './codes/mail-code.ts';
import type { IdentityPolicy } from '../shared/domain/identity-policy.ts';
import { createSeal } from './identity/seal.ts';
import { createSignIn } from './identity/sign-in.ts';
import type { SigningKey } from './identity/signing-key.ts';
import type { Tokens } from './identity/tokens.ts';
import { createMailCustomer } from './mail/mail-customer.ts';
import type { MailSeal } from './mail/mail-seal.ts';
import type { OrderMailContext } from './mail/order-mails.ts';
import { createOneTimePasswords } from './one-time/one-time-passwords.ts';
import { createPasswordResets } from './password-resets/password-resets.ts';
import { createQuestionResets } from './password-resets/question-resets.ts';
import { createWayOfNobody } from './password-resets/reset-way.ts';
import { createHandOvers } from './phone/hand-overs.ts';
import { createSentPictures } from './phone/sent-pictures.ts';
import type { Clocks, Timers } from './ports.ts';
import { createQueuedContacts } from './record-changes/queued-contact.ts';
import { createRecordChanges } from './record-changes/record-changes.ts';
import { createMailTakenId } from './registration/mail-taken-id.ts';
import { createRegistrations } from './registration/registrations.ts';
import { createVerifyStaff } from './staff/verify-staff.ts';
import type { Database } from './store/schema.ts';

/** What customers' and staff's identities go through, each made of those before it. */
export type Services = Awaited<ReturnType<typeof createServices>>;

export async function createServices(parts: {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly timers: Timers;
  readonly demo: boolean;
  readonly signingKey: SigningKey;
  readonly tokens: Tokens;
  readonly orderMails: OrderMailContext;
  readonly seal: MailSeal;
  readonly publicUrl: () => string;
  readonly identityPolicy: IdentityPolicy;
}) {
  const { db, clocks, timers, demo, signingKey, tokens, orderMails, seal, publicUrl, identityPolicy } = parts;
  const signIn = await createSignIn({ db, clocks, timers, tokens });
  const verifyStaff = await createVerifyStaff(db, clocks);
  const mailCustomer = createMailCustomer(orderMails);
  const provePresent = await createProvePresent({ db, clocks });
  const changePassword = createChangePassword({ db, clocks, mailCustomer, provePresent });
  const codes = await createCodes({ db, clocks, mailCode: createMailCode({ ...orderMails, seal, publicUrl }) });
  const recordChanges = createRecordChanges({ db, clocks, codes, mailCustomer });
  const contacts = createQueuedContacts({ clocks, codes, mailCustomer });
  const registrations = createRegistrations({
    ...{ db, clocks, codes, mailCustomer },
    mailTakenId: createMailTakenId({ clocks, demo }),
  });
  const passwordResets = createPasswordResets({
    ...{ db, clocks, codes, mailCustomer },
    wayOfNobody: createWayOfNobody({ db, clocks }, signingKey),
  });
  const questionResets = createQuestionResets({ db, clocks, codes, mailCustomer });
  const oneTimePasswords = await createOneTimePasswords({ db, clocks, registrations, publicUrl });
  const pictureSeal = createSeal(signingKey, 'madoguchi phone picture seal');
  const handOvers = await createHandOvers({ db, clocks, publicUrl, seal: pictureSeal, identityPolicy });
  const sentPictures = createSentPictures({ db, clocks, seal: pictureSeal });
  return {
    ...{ signIn, verifyStaff, mailCustomer, provePresent, changePassword, codes, recordChanges, contacts },
    ...{ registrations, passwordResets, questionResets, oneTimePasswords, handOvers, sentPictures },
  };
}
