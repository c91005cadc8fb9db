import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { openDeviceFile } from './device-file-link.ts';
import type { PrinterAddress } from './printer-address.ts';
import { openTcp } from './tcp-link.ts';

/** Bytes to and from a printer, whatever carries them. */
export interface PrinterLink {
  /** Settles when the carrier has taken all the bytes: `false` when the link broke before. */
  send(bytes: Buffer): Promise<boolean>;
  /** Called with what the printer says; set once, before the first send. */
  onReply(listener: (bytes: Buffer) => void): void;
  /** Settles when the link is gone, by either side. */
  readonly closed: Promise<void>;
  close(): void;
}

/** A new link, for one job or one status request. */
export type OpenLink = (deadlineMs: number) => Promise<Result<PrinterLink, 'unreachable'>>;

export function linkTo(address: PrinterAddress): OpenLink {
  switch (address.kind) {
    case 'tcp':
      return (deadlineMs) => openTcp(address.host, address.port, deadlineMs);
    case 'device':
      return () => openDeviceFile(address.path);
    default:
      return cantHappen(address);
  }
}
