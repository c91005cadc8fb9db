import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { v4 } from 'uuid';
import { App } from './app.tsx';
import { languageOf, loadTexts } from './i18n.ts';
import { keepHere } from './keep-here.ts';
import { guardKiosk } from './kiosk-guard.ts';
import { openPortChannel } from './port-channel.ts';
import { createTerminal } from './terminal.ts';
import { createUnderWay } from './under-way.ts';
import { openWebSocketChannel } from './web-socket-channel.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');

/** Where the browser host serves the page; Electron has a host of its own. */
const isInBrowser = location.hostname === '127.0.0.1';
guardKiosk();
if (isInBrowser) keepHere();
const underWay = createUnderWay();
const wait = (ms: number, givenUp?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    givenUp?.addEventListener('abort', () => clearTimeout(timer));
  });
const terminal = createTerminal({
  openChannel: () => (isInBrowser ? openWebSocketChannel(`ws://${location.host}/channel`) : openPortChannel(wait)),
  wait,
  random: Math.random,
  newId: v4,
  now: Date.now,
  onWipe: underWay.wipe,
});

const language = languageOf(location.search) ?? 'ja';
// Not awaited at this level: the texts' file may itself wait for this one.
void loadTexts(language).then((t) => {
  const page = createRoot(root);
  flushSync(() =>
    page.render(
      <StrictMode>
        <App terminal={terminal} underWay={underWay} initial={{ language, t }} />
      </StrictMode>,
    ),
  );
  // The greeting that came drawn with the page has given way to one that can be touched.
  root.inert = false;
});
