import { Globe, Hand } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Language } from '../../../shared/domain/language.ts';
import { ActionBar, Button, Frame, Header, Notice, PriceStrip } from '../index.ts';
import { Choices, Greeting, Home, SignIn } from './scenes-start.tsx';
import { Done, Loading, Review, States, Terms } from './scenes-end.tsx';
import { Idle, Sign, TermsSheet } from './scenes-over.tsx';
import { textsOf, yen } from './texts.ts';

export type SceneProps = { lang: Language };

type Shape = { body: ReactNode; next?: string; banner?: boolean; strip?: boolean; over?: ReactNode };

export function Scene({ name, lang, reach }: SceneProps & { name: string; reach: 'normal' | 'low' }) {
  const t = textsOf(lang);
  const shape = shapeOf(name, lang);
  return (
    <>
      <Frame
        reach={reach}
        header={<TopBar lang={lang} />}
        banner={shape.banner ? <Notice tone="offline">{t.offline}</Notice> : null}
        priceStrip={shape.strip ? <Strip lang={lang} /> : null}
        actions={
          shape.next ? (
            <ActionBar
              back={
                <Button variant="secondary" onPress={() => undefined}>
                  {t.back}
                </Button>
              }
              primary={
                <Button variant="primary" onPress={() => undefined}>
                  {shape.next}
                </Button>
              }
            />
          ) : null
        }
      >
        {shape.body}
      </Frame>
      {shape.over}
    </>
  );
}

function shapeOf(name: string, lang: Language): Shape {
  const t = textsOf(lang);
  switch (name) {
    case 'greeting':
      return { body: <Greeting lang={lang} /> };
    case 'sign-in':
      return { body: <SignIn lang={lang} />, next: t.signIn };
    case 'home':
      return { body: <Home lang={lang} />, banner: true };
    case 'choices':
      return { body: <Choices lang={lang} />, next: t.next, strip: true };
    case 'terms':
      return { body: <Terms lang={lang} />, next: t.submit, strip: true };
    case 'done':
      return { body: <Done lang={lang} />, next: t.end };
    case 'loading':
      return { body: <Loading lang={lang} /> };
    case 'states':
      return { body: <States lang={lang} />, next: t.next };
    case 'idle':
      return { body: <Review lang={lang} />, next: t.next, over: <Idle lang={lang} /> };
    case 'sheet':
      return { body: <Terms lang={lang} />, next: t.next, over: <TermsSheet lang={lang} /> };
    case 'sign':
      return { body: <Review lang={lang} />, next: t.next, over: <Sign lang={lang} /> };
    default:
      return { body: <Review lang={lang} />, next: t.next, banner: true };
  }
}

function TopBar({ lang }: SceneProps) {
  const t = textsOf(lang);
  return (
    <Header
      shopName={t.shop}
      actions={
        <>
          <Button variant="secondary" size="small" icon={<Globe />} onPress={() => undefined}>
            {t.language}
          </Button>
          <Button variant="secondary" size="small" icon={<Hand />} onPress={() => undefined}>
            {t.staff}
          </Button>
        </>
      }
    />
  );
}

function Strip({ lang }: SceneProps) {
  const t = textsOf(lang);
  return (
    <PriceStrip
      currentLabel={t.now}
      currentValue={yen(lang, 14843)}
      newLabel={t.new}
      newValue={yen(lang, 16240)}
      difference={{ label: t.difference, value: yen(lang, 1397, true) }}
    />
  );
}
