import { createPrivateKey, type KeyObject } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { tmfErrorSchema } from '../../shared/central-api/common.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { rescuedAnswerSchema } from '../../shared/central-api/rescue.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { errorText } from '../start-failure.ts';
import { bringCaptures } from './bring-captures.ts';
import { openRescueFile, type RescuedApplication, type RescueFile } from './open-rescue-file.ts';

export interface RescueReport {
  readonly applications: number;
  readonly taken: number;
  /** Came before: from the terminal, or from an earlier import. */
  readonly known: number;
  /** By receipt number, with central's code: to be taken up with the customer. */
  readonly refused: readonly { readonly receiptNumber: string; readonly code: string }[];
}

/**
 * Opens a rescue file where the private key is, and hands its applications to central one by one. Doing it again, after
 * a failure in the middle too, doubles nothing.
 */
export async function importRescueFile(input: {
  file: string;
  keyFile: string;
  central: string;
  token: string;
}): Promise<Result<RescueReport, string>> {
  const key = readKey(input.keyFile);
  if (!key.ok) return key;
  const file = openFile(input.file);
  if (!file.ok) return file;
  try {
    const rescued = openRescueFile(file.value, key.value);
    if (!rescued.ok) return err(`${input.file} was not taken: ${rescued.error}`);
    return await handOver(rescued.value, input);
  } catch (error) {
    return err(`cannot read ${input.file}: ${errorText(error)}`);
  } finally {
    closeSync(file.value);
  }
}

async function handOver(
  file: RescueFile,
  { central, token }: { central: string; token: string },
): Promise<Result<RescueReport, string>> {
  let taken = 0;
  let known = 0;
  const refused: { receiptNumber: string; code: string }[] = [];
  for (const application of file.each()) {
    const brought = await bringCaptures(central, token, application);
    const answer = brought.ok ? await hand(central, token, application) : brought;
    if (!answer.ok) {
      const done = taken + known + refused.length;
      return err(`${answer.error}; ${done} of ${file.applications} were handed over, the import can be repeated`);
    }
    const { code } = answer.value;
    if (code === 'taken') taken += 1;
    else if (code === 'known') known += 1;
    else refused.push({ receiptNumber: application.receiptNumber, code });
  }
  return ok({ applications: file.applications, taken, known, refused });
}

async function hand(
  central: string,
  token: string,
  { body, submissionGrant }: RescuedApplication,
): Promise<Result<{ readonly code: string }, string>> {
  try {
    const answer = await fetch(`${central}${CENTRAL_PATHS.operatorRescue}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ body, submissionGrant }),
    });
    const json: unknown = await answer.json();
    const accepted = rescuedAnswerSchema.safeParse(json);
    if (answer.ok && accepted.success) return ok({ code: accepted.data.known ? 'known' : 'taken' });
    const error = tmfErrorSchema.safeParse(json);
    const isAboutIt = [400, 403, 409, 422].includes(answer.status) && error.success;
    if (isAboutIt && error.data.code !== 'forbidden') return ok({ code: error.data.code });
    return err(`central answered ${answer.status}`);
  } catch (error) {
    return err(`central cannot be reached: ${errorText(error)}`);
  }
}

function readKey(path: string): Result<KeyObject, string> {
  try {
    const key = createPrivateKey(readFileSync(path, 'utf8'));
    return key.asymmetricKeyType === 'rsa' ? ok(key) : err(`${path} is no RSA key`);
  } catch (error) {
    return err(`cannot use ${path}: ${errorText(error)}`);
  }
}

function openFile(path: string): Result<number, string> {
  try {
    return ok(openSync(path, 'r'));
  } catch (error) {
    return err(`cannot read ${path}: ${errorText(error)}`);
  }
}
