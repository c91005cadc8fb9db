import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { v4 } from 'uuid';
import { App } from './app.tsx';
import { setBrand } from './brand.ts';
import { createDrafts } from './drafts.ts';
import { languageOf } from './i18n.ts';
import { openWebSocketChannel } from './open-channel.ts';
import { createTerminal } from './terminal.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');

setBrand();
const drafts = createDrafts();
const terminal = createTerminal({
  openChannel: () => openWebSocketChannel(`ws://${location.host}/channel`),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
  newId: v4,
  now: Date.now,
  onWipe: drafts.wipe,
});

createRoot(root).render(
  <StrictMode>
    <App terminal={terminal} drafts={drafts} initialLanguage={languageOf(location.search) ?? 'ja'} />
  </StrictMode>,
);
