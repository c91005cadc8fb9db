import { createSeal, type Seal } from '../identity/seal.ts';
import type { SigningKey } from '../identity/signing-key.ts';

/** Keeps what a mail tells in confidence out of the database, also for the moment that it waits there to be sent. */
export type MailSeal = Seal;

export const createMailSeal = (key: Pick<SigningKey, 'jwk'>): MailSeal => createSeal(key, 'madoguchi mail seal');
