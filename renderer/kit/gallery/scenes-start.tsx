import { CreditCard, FileText, Sparkles, Wifi } from 'lucide-react';
import { useState } from 'react';
import {
  ChoiceGroup,
  GreetingTile,
  Heading,
  LinkRow,
  LinkRows,
  Notice,
  StatusDot,
  StepBar,
  TextField,
} from '../index.ts';
import type { SceneProps } from './scene.tsx';
import { textsOf, yen } from './texts.ts';

export function Greeting({ lang }: SceneProps) {
  return (
    <>
      <Heading lang={lang}>{textsOf(lang).welcome}</Heading>
      {(['ja', 'en', 'zh', 'ko'] as const).map((each) => (
        <GreetingTile
          key={each}
          lang={each}
          title={textsOf(each).language}
          text={textsOf(each).touch}
          onPress={() => undefined}
        />
      ))}
      <Notice tone="info">{textsOf(lang).notice1}</Notice>
    </>
  );
}

export function SignIn({ lang }: SceneProps) {
  const t = textsOf(lang);
  const [id, setId] = useState('');
  const [password, setPassword] = useState('');
  return (
    <>
      <Heading lang={lang}>{t.signTitle}</Heading>
      <TextField
        label={t.id}
        description={t.idHint}
        value={id}
        onChange={setId}
        type="text"
        name="id"
        autoComplete="username"
        inputMode="email"
      />
      <TextField
        label={t.password}
        value={password}
        onChange={setPassword}
        type="password"
        name="password"
        autoComplete="current-password"
        showPasswordLabel={t.showPassword}
        error={t.signError}
      />
    </>
  );
}

export function Home({ lang }: SceneProps) {
  const t = textsOf(lang);
  return (
    <>
      <Heading lang={lang} lead={t.homeLead}>
        {t.homeTitle}
      </Heading>
      <LinkRows>
        <LinkRow title={t.r1} description={t.r1d} icon={<Sparkles />} onPress={() => undefined} />
        <LinkRow title={t.r2} description={t.r2d} icon={<Wifi />} onPress={() => undefined} />
      </LinkRows>
      <LinkRows>
        <LinkRow title={t.r3} icon={<FileText />} trailing={yen(lang, 14843)} onPress={() => undefined} />
        <LinkRow title={t.r4} icon={<CreditCard />} isDisabled reason={t.r4r} onPress={() => undefined} />
      </LinkRows>
      <StatusDot tone="waiting">{t.waiting}</StatusDot>
    </>
  );
}

export function Choices({ lang }: SceneProps) {
  const t = textsOf(lang);
  const [course, setCourse] = useState<string | null>('1g');
  const [modem, setModem] = useState<string | null>(null);
  return (
    <>
      <StepBar
        label={t.steps}
        steps={[
          { id: '1', label: t.step1, state: 'current' },
          { id: '2', label: t.step2, state: 'todo' },
          { id: '3', label: t.step3, state: 'todo' },
          { id: '4', label: t.step4, state: 'todo' },
          { id: '5', label: t.step5, state: 'todo' },
        ]}
      />
      <Heading lang={lang} lead={t.chooseLead}>
        {t.chooseTitle}
      </Heading>
      <ChoiceGroup
        label={t.chooseTitle}
        labelVisibility="hidden"
        value={course}
        onChange={setCourse}
        selectedLabel={t.selected}
        options={[
          { value: '2g', name: t.c1, price: yen(lang, 8250), priceNote: t.monthly, details: [t.d1], badge: t.popular },
          { value: '1g', name: t.c2, price: yen(lang, 6600), priceNote: t.monthly, details: [t.d2] },
          { value: '300', name: t.c3, price: yen(lang, 5060), priceNote: t.monthly, details: [t.d3], badge: t.present },
          {
            value: '10g',
            name: t.c4,
            price: yen(lang, 9900),
            priceNote: t.monthly,
            isDisabled: true,
            disabledReason: t.reason,
          },
        ]}
      />
      <ChoiceGroup
        label={t.modem}
        layout="compact"
        value={modem}
        onChange={setModem}
        selectedLabel={t.selected}
        error={t.chooseError}
        options={[
          { value: 'post', name: t.m1 },
          { value: 'shop', name: t.m2 },
        ]}
      />
    </>
  );
}
