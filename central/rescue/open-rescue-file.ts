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
import { linesIn } from './lines-in.ts';

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

export interface RescueFile {
  readonly applications: number;
  /** One after the other, since with their pictures they are more than any memory or string can hold. */
  each(): Generator<RescuedApplication>;
}

/**
 * Opens every application of a rescue file, or says in one line why none is: a file is taken whole or not at all.
 * @param file open for reading; read several times
 * @param key the private half of the operator's rescue key
 */
export function openRescueFile(file: number, key: KeyObject): Result<RescueFile, string> {
  const header = readHeader(file);
  if (!header.ok) return header;
  const keyId = rescueKeyId(createPublicKey(key));
  let applications = 0;
  for (const entry of entriesIn(file)) {
    if (entry === null) return err('it is damaged: its applications do not read');
    if (entry.rescueKeyId !== keyId) {
      return err(`it is sealed for the rescue key ${entry.rescueKeyId}, and the key given is ${keyId}`);
    }
    if (open(entry, key) === null) {
      return err(`the application ${entry.receiptNumber} does not open: the file is damaged`);
    }
    applications += 1;
  }
  if (applications !== header.value.applications) return err('it is damaged: its applications do not read');
  return ok({ applications, each });

  function* each(): Generator<RescuedApplication> {
    for (const entry of entriesIn(file)) {
      const application = entry === null ? null : open(entry, key);
      if (application === null) throw new Error('the rescue file was changed while it was read');
      yield application;
    }
  }
}

function readHeader(file: number): Result<z.infer<typeof rescueHeaderSchema>, string> {
  const lines = linesIn(file);
  const line = lines.next();
  const first = line.done === true ? null : parseLine(line.value);
  const known = z.looseObject({ format: z.literal(RESCUE_FORMAT), version: z.int() }).safeParse(first);
  if (!known.success) return err('it is no rescue file');
  if (!READABLE_RESCUE_VERSIONS.includes(known.data.version))
    return err(`it is of version ${known.data.version}, this program knows ${READABLE_RESCUE_VERSIONS.join(', ')}`);
  const header = rescueHeaderSchema.safeParse(first);
  if (!header.success) return err('its first line is damaged');
  const digest = createHash('sha256');
  for (const content of lines) digest.update(content);
  if (digest.digest('hex') !== header.data.digest) {
    return err('it is damaged: its content is not what its first line says');
  }
  return ok(header.data);
}

/** null for a line that is none. */
function* entriesIn(file: number): Generator<RescueEntry | null> {
  const lines = linesIn(file);
  lines.next();
  for (const line of lines) yield rescueEntrySchema.nullable().catch(null).parse(parseLine(line));
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

/** As a terminal seals it. */
function decrypt(
  { id, content, rescueWrappedKey }: Pick<RescueCapture, 'id' | 'content' | 'rescueWrappedKey'>,
  key: KeyObject,
): Buffer {
  const wrapped = Buffer.from(rescueWrappedKey, 'base64');
  const rsaBytes = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const unwrapped = privateDecrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    wrapped.subarray(0, rsaBytes),
  );
  // Earlier terminals wrapped the data key itself; since then it lies behind, under the key that came out here.
  const dataKey = wrapped.length === rsaBytes ? unwrapped : unseal(unwrapped, id, wrapped.subarray(rsaBytes));
  return unseal(dataKey, id, Buffer.from(content, 'base64'));
}

/** `iv (12) | ciphertext | tag (16)`, AES-256-GCM, the id as associated data. */
function unseal(key: Buffer, id: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(id));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
}

function parseLine(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return null;
  }
}
