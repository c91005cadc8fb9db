import { constants, createDecipheriv, createHash, createPublicKey, type KeyObject, privateDecrypt } from 'node:crypto';
import { z } from 'zod';
import {
  READABLE_RESCUE_VERSIONS,
  RESCUE_FORMAT,
  type RescueCapture,
  type RescueEntry,
  rescueEntrySchema,
  rescueHeaderSchema,
} from '../../shared/central-api/rescue.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { rescueKeyId } from '../identity/rescue-key.ts';

export interface RescuedApplication {
  readonly receiptNumber: string;
  readonly body: string;
  readonly submissionGrant: string;
  readonly captures: readonly RescuedCapture[];
}

export interface RescuedCapture {
  readonly applicationId: string;
  readonly hash: string;
  readonly mediaType: RescueCapture['mediaType'];
  readonly content: Buffer;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a terminal sealed of an application; the rest of it serves the terminal. */
const payloadSchema = z.looseObject({ format: z.literal(1), body: z.string(), grant: z.string() });

/**
 * Opens every application of a rescue file, or says in one line why none is: a file is taken whole or not at all.
 * @param key the private half of the operator's rescue key
 */
export function openRescueFile(text: string, key: KeyObject): Result<RescuedApplication[], string> {
  const entries = readEntries(text);
  if (!entries.ok) return entries;
  const keyId = rescueKeyId(createPublicKey(key));
  const foreign = entries.value.find((entry) => entry.rescueKeyId !== keyId);
  if (foreign !== undefined) {
    return err(`it is sealed for the rescue key ${foreign.rescueKeyId}, and the key given is ${keyId}`);
  }
  const opened: RescuedApplication[] = [];
  for (const entry of entries.value) {
    const application = open(entry, key);
    if (application === null) return err(`the application ${entry.receiptNumber} does not open: the file is damaged`);
    opened.push(application);
  }
  return ok(opened);
}

function readEntries(text: string): Result<RescueEntry[], string> {
  const end = text.indexOf('\n');
  const first = parseLine(text.slice(0, Math.max(0, end)));
  const known = z.looseObject({ format: z.literal(RESCUE_FORMAT), version: z.int() }).safeParse(first);
  if (!known.success) return err('it is no rescue file');
  if (!READABLE_RESCUE_VERSIONS.includes(known.data.version))
    return err(`it is of version ${known.data.version}, this program knows ${READABLE_RESCUE_VERSIONS.join(' and ')}`);
  const header = rescueHeaderSchema.safeParse(first);
  if (!header.success) return err('its first line is damaged');
  const content = text.slice(end + 1);
  if (createHash('sha256').update(content).digest('hex') !== header.data.digest) {
    return err('it is damaged: its content is not what its first line says');
  }
  const lines = content.split('\n').filter((line) => line !== '');
  const entries = z.array(rescueEntrySchema).safeParse(lines.map(parseLine));
  if (!entries.success || entries.data.length !== header.data.applications) {
    return err('it is damaged: its applications do not read');
  }
  return ok(entries.data);
}

function open(entry: RescueEntry, key: KeyObject): RescuedApplication | null {
  try {
    const sealed = { ...entry, content: entry.payload };
    const payload = payloadSchema.parse(JSON.parse(decrypt(sealed, key).toString('utf8')));
    if (createHash('sha256').update(payload.body).digest('hex') !== entry.fingerprint) return null;
    return {
      ...{ receiptNumber: entry.receiptNumber, body: payload.body, submissionGrant: payload.grant },
      captures: entry.captures.flatMap((capture) => openCapture(entry.id, capture, key)),
    };
  } catch {
    // Node tells a wrong key, a wrong row and damaged bytes apart only in words.
    return null;
  }
}

/** None where it was damaged on the terminal's disk: the application is worth more than a picture. */
function openCapture(applicationId: string, capture: RescueCapture, key: KeyObject): RescuedCapture[] {
  try {
    const content = decrypt(capture, key);
    return [{ applicationId, hash: capture.hash, mediaType: capture.mediaType, content }];
  } catch {
    return [];
  }
}

/** As a terminal seals it: `iv (12) | ciphertext | tag (16)`, AES-256-GCM, its id as associated data. */
function decrypt(
  { id, content, rescueWrappedKey }: Pick<RescueCapture, 'id' | 'content' | 'rescueWrappedKey'>,
  key: KeyObject,
): Buffer {
  const dataKey = privateDecrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    Buffer.from(rescueWrappedKey, 'base64'),
  );
  const sealed = Buffer.from(content, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', dataKey, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(id));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
