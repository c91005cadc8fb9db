import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { err, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';
import type { PrinterLink } from './printer-link.ts';

const BUSY_MS = 10;
const busySchema = z.object({ code: z.literal('EAGAIN') });
const isBusy = (error: unknown): boolean => busySchema.safeParse(error).success;

/**
 * A printer behind a device file. It is read and written without blocking: a blocked read would keep one of the few
 * threads of the process for as long as the printer is silent, and could not be given up.
 */
export async function openDeviceFile(path: string): Promise<Result<PrinterLink, 'unreachable'>> {
  const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK).catch(() => null);
  if (file === null) return err('unreachable');

  let listener: (bytes: Buffer) => void = () => undefined;
  let isOpen = true;
  let reading = Promise.resolve();
  let gone: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    gone = resolve;
  });
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    void reading.then(() => file.close()).catch(() => undefined);
    gone();
  };

  const send = async (bytes: Buffer): Promise<boolean> => {
    for (let sent = 0; sent < bytes.length && isOpen; ) {
      try {
        sent += (await file.write(bytes, sent)).bytesWritten;
      } catch (error) {
        if (!isBusy(error)) close();
        else await wait(BUSY_MS);
      }
    }
    return isOpen;
  };
  const readReplies = async (): Promise<void> => {
    const buffer = Buffer.alloc(64);
    while (isOpen) {
      try {
        const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
        if (bytesRead > 0) listener(Buffer.from(buffer.subarray(0, bytesRead)));
        else await wait(BUSY_MS);
      } catch (error) {
        if (isBusy(error)) await wait(BUSY_MS);
        else close();
      }
    }
  };
  return ok({
    send,
    onReply: (told) => {
      listener = told;
      reading = readReplies();
    },
    closed,
    close,
  });
}
