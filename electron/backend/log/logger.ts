import pino, { type DestinationStream, type Logger as PinoLogger } from 'pino';
import { redactLine } from './redact.ts';

export type Logger = Pick<PinoLogger, 'info' | 'warn' | 'error'>;

/** JSON lines, each of them redacted as a whole, whatever was handed to it. */
export function createLogger(write: (line: string) => void): Logger {
  const destination: DestinationStream = { write: (line) => write(redactLine(line)) };
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
