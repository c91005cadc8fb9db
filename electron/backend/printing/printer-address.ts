import { err, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';

/** Where a receipt printer is: on the network, or a device file of the system (USB). */
export type PrinterAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'device'; readonly path: string };

/** Reads `tcp://HOST:PORT` (port 9100 when none is given) or an absolute path such as `/dev/usb/lp0`. */
export function parsePrinterAddress(text: string): Result<PrinterAddress, 'not-an-address' | 'bad-port'> {
  if (/^\/[^\0]*[^/\0]$/.test(text)) return ok({ kind: 'device', path: text });
  const match = /^tcp:\/\/(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(\d+))?\/?$/i.exec(text);
  const host = match?.[1]?.replace(/[[\]]/g, '');
  if (host === undefined) return err('not-an-address');
  const port = Number(match?.[2] ?? '9100');
  return port >= 1 && port <= 65535 ? ok({ kind: 'tcp', host, port }) : err('bad-port');
}
