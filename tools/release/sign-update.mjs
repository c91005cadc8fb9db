// Signs what an update feed says, so that terminals take it: node tools/release/sign-update.mjs PRIVATE-KEY.pem latest*.yml …
import { createPrivateKey, sign } from 'node:crypto';
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import yaml from 'js-yaml';
import { CommandError, command } from '../project.mjs';

/** As electron/shell/updates/signed-update.ts verifies it. */
const statementOf = ({ version, files }) =>
  ['madoguchi update', version, ...files.map(({ sha512, url }) => `${sha512} ${url}`), ''].join('\n');

/** @param privateKey Ed25519, PEM */
export function signUpdate(info, privateKey) {
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== 'ed25519') throw new CommandError('an Ed25519 key is needed', 2);
  const { signature: _old, ...update } = info;
  return { ...update, signature: sign(null, Buffer.from(statementOf(update)), key).toString('base64') };
}

/** @param feed the text of a `latest*.yml` as electron-builder wrote it */
export const signFeed = (feed, privateKey) => yaml.dump(signUpdate(yaml.load(feed), privateKey), { lineWidth: -1 });

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await command(() => {
    const [keyFile, ...feeds] = process.argv.slice(2);
    if (keyFile === undefined || feeds.length === 0) {
      throw new CommandError('usage: node tools/release/sign-update.mjs PRIVATE-KEY.pem latest.yml …', 2);
    }
    const key = fs.readFileSync(keyFile, 'utf8');
    for (const feed of feeds) fs.writeFileSync(feed, signFeed(fs.readFileSync(feed, 'utf8'), key));
  });
}
