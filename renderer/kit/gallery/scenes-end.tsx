import { useState } from 'react';
import {
  Badge,
  Button,
  Card,
  CheckBox,
  Countdown,
  Heading,
  KeyValueList,
  LiveRegion,
  Notice,
  NoticeList,
  PriceSummary,
  PriceTable,
  ReceiptNumber,
  Section,
  Spinner,
  StatusDot,
  StepBar,
  TermsReader,
} from '../index.ts';
import type { PriceGroup } from '../index.ts';
import type { SceneProps } from './scene.tsx';
import { textsOf, yen } from './texts.ts';

export function Review({ lang }: SceneProps) {
  const t = textsOf(lang);
  const line = (id: string, label: string, before: number, after: number) => ({
    id,
    label,
    before: yen(lang, before),
    after: yen(lang, after),
    isChanged: before !== after,
  });
  const group = (id: string, label: string, before: number, after: number, lines: PriceGroup['lines']): PriceGroup => ({
    ...line(id, label, before, after),
    changedLabel: t.changed,
    lines,
  });
  return (
    <>
      <StepBar
        label={t.steps}
        steps={[
          { id: '1', label: t.step1, state: 'done' },
          { id: '2', label: t.step2, state: 'done' },
          { id: '3', label: t.step3, state: 'current' },
          { id: '4', label: t.step4, state: 'todo' },
          { id: '5', label: t.step5, state: 'todo' },
        ]}
      />
      <Heading lang={lang} lead={t.reviewLead}>
        {t.reviewTitle}
      </Heading>
      <PriceSummary
        currentLabel={t.now}
        currentValue={yen(lang, 14843)}
        newLabel={t.new}
        newValue={yen(lang, 16240)}
        rows={[
          { label: t.differenceMonth, value: yen(lang, 1397, true) },
          { label: t.start, value: t.startValue },
        ]}
      />
      <PriceTable
        caption={t.breakdown}
        columns={[t.breakdown, t.before, t.after]}
        expandLabel={t.expand}
        collapseLabel={t.collapse}
        groups={[
          group('pack', t.g1, -2970, -4433, []),
          group('tv', t.g2, 7810, 7480, [line('big', t.l1, 6160, 5830), line('push', t.l2, 1650, 1650)]),
          group('net', t.g3, 5060, 8250, [line('300', t.c3, 5060, 0), line('2g', t.c1, 0, 8250)]),
          group('phone', t.g4, 1463, 1463, [line('phone', t.g4, 1463, 1463)]),
          group('other', t.g5, 4910, 4910, []),
          group('discounts', t.g6, -1430, -1430, []),
        ]}
      />
      <Notice tone="info">{t.reviewNote}</Notice>
    </>
  );
}

export function Terms({ lang }: SceneProps) {
  const t = textsOf(lang);
  const [isAgreed, setAgreed] = useState(false);
  const common = { versionLabel: t.version, openedLabel: t.opened, unopenedLabel: t.unopened };
  return (
    <>
      <Heading lang={lang}>{t.termsTitle}</Heading>
      <TermsReader
        documents={[
          { id: 'net', title: t.t1, opened: true, ...common },
          { id: 'tv', title: t.t2, opened: false, ...common },
        ]}
        onOpen={() => undefined}
      />
      <CheckBox isSelected={isAgreed} onChange={setAgreed} isDisabled description={t.agreeHint}>
        {t.agree}
      </CheckBox>
      <CheckBox isSelected={isAgreed} onChange={setAgreed}>
        {t.agree}
      </CheckBox>
    </>
  );
}

export function Done({ lang }: SceneProps) {
  const t = textsOf(lang);
  return (
    <>
      <Heading lang={lang} lead={t.thanksLead}>
        {t.thanks}
      </Heading>
      <ReceiptNumber label={t.receipt} value="T01-1124-0042" />
      <Section title={t.nextTitle}>
        <Card>
          <KeyValueList
            items={[
              { label: t.k1, value: t.k1v },
              { label: t.start, value: t.startValue },
              { label: t.k2, value: '0120-109199' },
            ]}
          />
        </Card>
      </Section>
      <Notice tone="attention" title={t.paperOut}>
        {t.paperOutText}
      </Notice>
    </>
  );
}

export function Loading({ lang }: SceneProps) {
  const t = textsOf(lang);
  return (
    <>
      <Heading lang={lang}>{t.homeTitle}</Heading>
      <Spinner label={t.loading} />
    </>
  );
}

export function States({ lang }: SceneProps) {
  const t = textsOf(lang);
  const nothing = () => undefined;
  return (
    <>
      <Heading lang={lang}>{t.states}</Heading>
      <Section title={t.buttons}>
        <Button variant="primary" onPress={nothing}>
          {t.submit}
        </Button>
        <Button variant="primary" isPending pendingLabel={t.pending} onPress={nothing}>
          {t.submit}
        </Button>
        <Button variant="secondary" onPress={nothing}>
          {t.continue}
        </Button>
        <Button variant="quiet" onPress={nothing}>
          {t.reprint}
        </Button>
        <Button variant="danger" onPress={nothing}>
          {t.cancel}
        </Button>
        <Button variant="primary" isDisabled onPress={nothing}>
          {t.disabled}
        </Button>
        <Button variant="secondary" size="small" onPress={nothing}>
          {t.small}
        </Button>
      </Section>
      <Section title={t.notices}>
        <NoticeList>
          <Notice tone="info">{t.notice1}</Notice>
          <Notice tone="attention">{t.notice2}</Notice>
          <Notice tone="offline">{t.offline}</Notice>
          <Notice tone="error">{t.noticeError}</Notice>
        </NoticeList>
      </Section>
      <Card>
        <StatusDot tone="good">{t.sent}</StatusDot>
        <StatusDot tone="waiting">{t.waiting}</StatusDot>
        <StatusDot tone="bad">{t.failed}</StatusDot>
        <StatusDot tone="neutral">{t.held}</StatusDot>
        <span>
          <Badge>{t.present}</Badge> <Badge tone="brand">{t.popular}</Badge> <Badge tone="attention">{t.held}</Badge>
        </span>
      </Card>
      <PriceSummary
        currentLabel={t.now}
        currentValue={yen(lang, 14843)}
        newLabel={t.new}
        newValue={t.later}
        rows={[{ label: t.start, value: t.startValue }]}
      />
      <Countdown secondsLeft={18} label={t.secondsLeft} />
      <LiveRegion message={t.notice1} politeness="polite" />
    </>
  );
}
