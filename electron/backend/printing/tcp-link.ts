import { connect } from 'node:net';
import { err, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';
import type { PrinterLink } from './printer-link.ts';

/** Connects within the deadline (ms). */
export function openTcp(host: string, port: number, deadlineMs: number): Promise<Result<PrinterLink, 'unreachable'>> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true });
    const give = setTimeout(() => socket.destroy(), deadlineMs);
    // An error is always followed by 'close'.
    socket.on('error', () => undefined);
    const closed = new Promise<void>((gone) => {
      socket.once('close', () => gone());
      // A printer that ends its side takes no more either.
      socket.once('end', () => socket.destroy());
    });
    void closed.then(() => {
      clearTimeout(give);
      resolve(err('unreachable'));
    });
    socket.once('connect', () => {
      clearTimeout(give);
      resolve(
        ok({
          send: (bytes) =>
            new Promise((sent) => {
              void closed.then(() => sent(false));
              socket.write(bytes, (error) => sent(error === undefined || error === null));
            }),
          onReply: (listener) => socket.on('data', listener),
          closed,
          close: () => socket.destroy(),
        }),
      );
    });
  });
}
