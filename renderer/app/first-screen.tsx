import { renderToString } from 'react-dom/server';
import { App } from './app.tsx';
import { loadTexts } from './i18n.ts';
import { createTerminal } from './terminal.ts';
import { createUnderWay } from './under-way.ts';

const never = new Promise<never>(() => undefined);

/** What the page shows until its script has run: the greeting as a terminal has it that knows nothing yet. */
export async function firstScreenHtml(): Promise<string> {
  const terminal = createTerminal({
    openChannel: () => never,
    wait: () => never,
    random: () => 0,
    newId: () => '',
    now: () => 0,
    onWipe: () => undefined,
  });
  const initial = { language: 'ja', t: await loadTexts('ja') } as const;
  return renderToString(<App terminal={terminal} underWay={createUnderWay()} initial={initial} />);
}
