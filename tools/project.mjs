import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(fileURLToPath(import.meta.url), '../..');
export const logDirectory = path.join(root, '.data/logs');

const startedAt = Date.now();

/** One progress line on stderr, with the seconds since this command began. */
export function say(text) {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  process.stderr.write(`[${seconds.padStart(6)}s] ${text}\n`);
}

/** A failure whose message is all that a person needs; `exitCode` is what the command ends with. */
export class CommandError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs a command's main function: expected failures become one line on stderr and an exit code. */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}

/** The first of these programs that the PATH holds, or undefined. */
export function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  for (const name of names) {
    for (const folder of folders) {
      const file = path.join(folder, name);
      try {
        fs.accessSync(file, fs.constants.X_OK);
        return file;
      } catch {
        continue;
      }
    }
  }
  return undefined;
}
