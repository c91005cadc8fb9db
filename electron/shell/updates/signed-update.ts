import { verify } from 'node:crypto';
import { z } from 'zod';

/** What a feed says of an update: `latest*.yml` as electron-updater hands it on, with the signature that we add. */
const updateSchema = z.object({
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  files: z.array(z.object({ url: z.string().min(1), sha512: z.base64().length(88) })).min(1),
  signature: z.base64().length(88),
});

/**
 * What is signed: the version and the checksum of every file of it, which electron-updater then holds the download to.
 * `tools/release/sign-update.mjs` writes the same.
 */
const statementOf = (update: z.infer<typeof updateSchema>): string =>
  ['madoguchi update', update.version, ...update.files.map(({ sha512, url }) => `${sha512} ${url}`), ''].join('\n');

/**
 * Whether the operator signed this update. On Linux electron-updater verifies nothing but checksums that come from the
 * same server as the file; on Windows it verifies the installer's publisher besides.
 * @param publicKey Ed25519, PEM
 */
export function isSignedUpdate(info: unknown, publicKey: string): boolean {
  const update = updateSchema.safeParse(info);
  if (!update.success) return false;
  try {
    return verify(null, Buffer.from(statementOf(update.data)), publicKey, Buffer.from(update.data.signature, 'base64'));
  } catch {
    return false;
  }
}
