import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { languageSchema } from '../../../shared/domain/language.ts';
import { KeyboardProvider, loadFonts } from '../index.ts';
import { Scene } from './scene.tsx';
import { textsOf } from './texts.ts';

const query = new URLSearchParams(window.location.search);
const lang = languageSchema.catch('ja').parse(query.get('lang'));
const t = textsOf(lang);
document.documentElement.lang = lang;
if (query.has('large')) document.documentElement.style.fontSize = '200%';
await Promise.all((query.get('scene') === 'greeting' ? (['ja', 'en', 'zh', 'ko'] as const) : [lang]).map(loadFonts));

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <KeyboardProvider
        enabled={!query.has('physical')}
        labels={{
          keyboard: t.keyboard,
          shift: t.shift,
          backspace: t.backspace,
          clear: t.clear,
          done: t.done,
          marks: { voiced: t.voiced, 'half-voiced': t.halfVoiced, small: t.small },
          switches: t.switches,
        }}
      >
        <Scene name={query.get('scene') ?? 'review'} lang={lang} reach={query.has('low') ? 'low' : 'normal'} />
      </KeyboardProvider>
    </StrictMode>,
  );
}
