import { parseArgs } from 'node:util';
import { err, ok } from '../../shared/domain/result.ts';
import type { Result } from '../../shared/domain/result.ts';

export interface CommandOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly out: string;
  readonly paperOut: boolean;
  readonly coverOpen: boolean;
}

/** The error is one line for who typed the command. */
export function parseOptions(args: readonly string[]): Result<CommandOptions, string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '9100' },
        out: { type: 'string' },
        paper: { type: 'string' },
        cover: { type: 'string' },
      },
    });
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
    if (!(port <= 65535)) return err(`--port ${values.port}: a number from 0 to 65535`);
    if (values.out === undefined || values.out === '') return err('--out DIR is missing');
    if (values.paper !== undefined && values.paper !== 'out') return err(`--paper ${values.paper}: only "out"`);
    if (values.cover !== undefined && values.cover !== 'open') return err(`--cover ${values.cover}: only "open"`);
    return ok({ port, out: values.out, paperOut: values.paper === 'out', coverOpen: values.cover === 'open' });
  } catch (error) {
    return err(error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'wrong options');
  }
}
