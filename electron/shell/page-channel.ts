import { ipcMain, type IpcMainEvent, MessageChannelMain, type WebContents } from 'electron';
import { ARE_YOU_THERE, CHANNEL_PORT, HERE, OPEN_CHANNEL } from '../../shared/contract/page-port.ts';
import type { ChannelServer } from '../backend/channel/serve-channel.ts';
import type { Logger } from '../backend/log/logger.ts';
import { isPageAddress } from './page-address.ts';
import { carrierOf } from './port-carrier.ts';

export interface PageChannel {
  /** Asks the page's thread for a sign of life. */
  ask(): void;
}

/** All that the page can say to the main process outside of the contract, and from whom it is heard. */
export function connectPage(input: {
  contents: WebContents;
  /** Settles when there is a backend to talk to. */
  serve: Promise<ChannelServer['serve']>;
  /** The page runs and wants a channel. */
  onAsked(): void;
  /** The page has a channel. */
  onOpen(): void;
  onAnswer(): void;
  log: Logger;
}): PageChannel {
  const { contents, serve, log } = input;
  const isFromWindow = ({ sender, senderFrame }: IpcMainEvent): boolean =>
    sender === contents && senderFrame !== null && senderFrame.parent === null;

  let close = (): void => undefined;
  ipcMain.on(OPEN_CHANNEL, (event) => {
    if (!isFromWindow(event) || !isPageAddress(event.senderFrame?.url ?? '')) {
      log.warn({ code: 'sender-refused' }, 'page');
      return;
    }
    input.onAsked();
    void serve.then((give) => {
      if (contents.isDestroyed()) return;
      // The page has one channel: asking for another says that it gave up the one before.
      close();
      const { port1, port2 } = new MessageChannelMain();
      close = () => port1.close();
      give(carrierOf(port1));
      contents.postMessage(CHANNEL_PORT, null, [port2]);
      input.onOpen();
    });
  });
  ipcMain.on(HERE, (event) => {
    if (isFromWindow(event)) input.onAnswer();
  });
  return { ask: () => contents.send(ARE_YOU_THERE) };
}
