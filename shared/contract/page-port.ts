/** The page posts this to its own window; the preload passes it on to the main process. */
export const OPEN_CHANNEL = 'madoguchi:open-channel';

/** The answer, posted to the page's window with the MessagePort of its new channel. */
export const CHANNEL_PORT = 'madoguchi:channel-port';

/** The main process asks this of the page's thread; the preload says that it is there. */
export const ARE_YOU_THERE = 'madoguchi:are-you-there';
export const HERE = 'madoguchi:here';
