import { useContext, useEffect } from 'react';
import { type Language, LANGUAGES } from '../../../shared/domain/language.ts';
import { afterPaint, Badge, Frame, GreetingTile, Header, loadFonts } from '../../kit/index.ts';
import { brandName } from '../brand.ts';
import { CallStaff } from '../call-staff.tsx';
import { DisplaySettings, ReachContext } from '../display-settings.tsx';
import { greetings } from '../language-names.ts';
import { useLanguage } from '../language.tsx';
import { go, SIGN_IN } from '../route.ts';
import { useStatusBanner } from '../status-banner.tsx';
import { useTerminalState } from '../terminal-context.tsx';
import './greeting.css';

export function Greeting() {
  const { t, language, setLanguage } = useLanguage();
  const { reach } = useContext(ReachContext);
  const { status } = useTerminalState();
  const banner = useStatusBanner();
  useEffect(() => {
    document.title = brandName(language);
  }, [language]);
  useEffect(
    () =>
      afterPaint(() => {
        for (const one of LANGUAGES) void loadFonts(one);
      }),
    [],
  );
  const start = (chosen: Language) => {
    setLanguage(chosen);
    go(SIGN_IN);
  };
  useTouchAnywhere(() => go(SIGN_IN));
  return (
    <Frame
      reach={reach}
      banner={banner}
      header={
        <Header
          shopName={brandName(language)}
          actions={
            <>
              <DisplaySettings />
              <CallStaff />
            </>
          }
        />
      }
    >
      <div className="greeting">
        <h1 className="greeting__title">
          {LANGUAGES.map((one) => (
            <span className="greeting__word" key={one} lang={one}>
              {greetings[one].title}
            </span>
          ))}
        </h1>
        {status?.demo ? (
          <p className="greeting__demo">
            <Badge tone="attention">{t('demo')}</Badge> {t('demo-note')}
          </p>
        ) : null}
        <div className="greeting__tiles">
          {LANGUAGES.map((one) => (
            <GreetingTile
              key={one}
              lang={one}
              title={greetings[one].language}
              text={greetings[one].start}
              onPress={() => start(one)}
            />
          ))}
        </div>
      </div>
    </Frame>
  );
}

/** A touch beside the languages starts too, in the language on show. Keyboards and screen readers have the tiles. */
function useTouchAnywhere(start: () => void) {
  useEffect(() => {
    const onClick = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest('main') !== null && target.closest('button') === null) start();
    };
    addEventListener('click', onClick);
    return () => removeEventListener('click', onClick);
  }, [start]);
}
