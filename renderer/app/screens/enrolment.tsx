import { useContext, useEffect } from 'react';
import type { Enrolment as EnrolmentState } from '../../../shared/contract/enrolment.ts';
import { Badge, Card, Frame, Header, Heading, ReceiptNumber, Section, StatusDot } from '../../kit/index.ts';
import { brandName } from '../brand.ts';
import { DisplaySettings, ReachContext } from '../display-settings.tsx';
import { useLanguage } from '../language.tsx';
import { useTerminalState } from '../terminal-context.tsx';
import './enrolment.css';

/** All that a terminal shows that belongs to no shop. */
export function Enrolment({ enrolment }: { enrolment: Exclude<EnrolmentState, { state: 'enrolled' }> }) {
  const { t, language } = useLanguage();
  const { reach } = useContext(ReachContext);
  const { status } = useTerminalState();
  const isAway = enrolment.state === 'waiting' && !enrolment.isReachable;
  const title = t(`enrolment:${enrolment.cause}.title`);
  useEffect(() => {
    document.title = `${title} | ${brandName(language)}`;
  }, [title, language]);
  return (
    <Frame reach={reach} header={<Header shopName={brandName(language)} actions={<DisplaySettings />} />}>
      <div className="enrolment">
        <Heading lang={language} lead={t(`enrolment:${enrolment.cause}.lead`)}>
          {title}
        </Heading>
        {status?.demo ? (
          <p className="enrolment__demo">
            <Badge tone="attention">{t('demo')}</Badge> {t('demo-note')}
          </p>
        ) : null}
        {enrolment.state === 'waiting' ? <ReceiptNumber label={t('enrolment:code')} value={enrolment.code} /> : null}
        <p className="enrolment__state" role="status">
          <StatusDot tone={enrolment.state === 'approved' ? 'good' : 'waiting'}>
            {t(`enrolment:state.${isAway ? 'seeking' : enrolment.state}`)}
          </StatusDot>
        </p>
        {enrolment.state === 'waiting' ? (
          <Section title={t('enrolment:steps.title')}>
            <Card>
              <ol className="enrolment__steps">
                <li>
                  {t('enrolment:steps.open')}
                  <span className="enrolment__page">{enrolment.page}</span>
                </li>
                <li>{t('enrolment:steps.sign-in')}</li>
                <li>{t('enrolment:steps.compare')}</li>
              </ol>
            </Card>
          </Section>
        ) : null}
      </div>
    </Frame>
  );
}
