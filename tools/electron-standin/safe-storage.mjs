import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { app } from './app.mjs';
import { state } from './state.mjs';
import { strictObject } from './strict.mjs';

const BY_SWITCH = { basic: 'basic_text', 'gnome-libsecret': 'gnome_libsecret', kwallet5: 'kwallet5' };
let allowPlainText = false;

/** A test names the backend by the environment, since its runner starts every Electron with --password-store=basic. */
function backend() {
  const named = process.env.ELECTRON_STANDIN_STORAGE_BACKEND;
  if (named) return named;
  return BY_SWITCH[app.commandLine.getSwitchValue('password-store')] ?? 'gnome_libsecret';
}

const isAvailable = () => state.ready && (backend() !== 'basic_text' || allowPlainText);

/** In place of the desktop's key ring: a file in the app's data. */
function key() {
  if (!isAvailable()) throw new Error('Error while encrypting or decrypting: encryption is not available.');
  const file = path.join(app.getPath('userData'), 'standin-key-ring');
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, randomBytes(32), { mode: 0o600 });
  }
  return fs.readFileSync(file);
}

// The older calls that answer at once are deprecated in Electron, so they aren't here.
export const safeStorage = strictObject('safeStorage', {
  isAsyncEncryptionAvailable: async () => isAvailable(),
  getSelectedStorageBackend: backend,
  setUsePlainTextEncryption: (use) => {
    allowPlainText = use;
  },
  async encryptStringAsync(text) {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key(), nonce);
    return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  },
  async decryptStringAsync(sealed) {
    const decipher = createDecipheriv('aes-256-gcm', key(), sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(-16));
    const text = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    return { result: text.toString('utf8'), shouldReEncrypt: false };
  },
});
