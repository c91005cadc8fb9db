import { Check, CircleDashed, Hand } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Taken } from '../../../../shared/contract/captures.ts';
import type { PhoneBegun } from '../../../../shared/contract/phone.ts';
import { businessTimeOfDay } from '../../../../shared/domain/business-time.ts';
import { type DocumentRule, picturesOf } from '../../../../shared/domain/identity-policy.ts';
import { oneTimeGrouped } from '../../../../shared/domain/one-time-password.ts';
import { useAnnounce } from '../../../app/announcer.tsx';
import { useLanguage } from '../../../app/language.tsx';
import { usePhoneWait } from '../../../app/mail-wait.ts';
import { useTerminal } from '../../../app/terminal-context.tsx';
import { Button, Card, Notice, Section } from '../../../kit/index.ts';
import { QrCode } from '../../../kit/qr-code.tsx';
import { useProofWatch } from '../../../procedures/account/register/use-proof-watch.ts';
import type { StepProps } from '../../step-props.ts';
import { StepScreen } from '../../step-screen.tsx';
import './phone.css';

interface PhoneLinkScreenProps extends StepProps {
  readonly begun: PhoneBegun;
  readonly rule: DocumentRule;
  readonly onTaken: (all: readonly Taken[]) => void;
  /** It expired, or was taken back. */
  readonly onOver: () => void;
}

/** What the phone is to open, and from then on what came of it; nothing is to be touched here meanwhile. */
export function PhoneLinkScreen(props: PhoneLinkScreenProps) {
  const { t, language } = useLanguage();
  const { sessionId, procedure, begun, rule, onTaken, onOver } = props;
  const { link } = begun;
  const { connection, sessionGone, calls } = useTerminal();
  const [standing, setStanding] = useState(begun.standing);
  const [isAway, setAway] = useState(false);
  usePhoneWait(`${standing.state} ${standing.heard} ${standing.taken.length}`);
  const { handOverId, page, password, until } = link;
  useProofWatch(
    true,
    link,
    async () => {
      const answer = await connection.ask((client) => client.phone.look({ sessionId, handOverId }));
      if (answer.kind === 'ok') return answer.value;
      if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') sessionGone(sessionId);
      else setAway(true);
      return null;
    },
    (found) => {
      setAway(false);
      if (found.state === 'done') onTaken(found.taken);
      else if (found.state === 'over') onOver();
      else setStanding(found);
    },
  );
  const isOpened = standing.state === 'opened';
  const announce = useAnnounce();
  useEffect(() => {
    if (isOpened) announce(t('phone:opened.title'));
  }, [announce, isOpened, t]);
  const call = (
    <Button variant="secondary" icon={<Hand />} onPress={() => calls.raise(procedure.id)}>
      {t('call-staff')}
    </Button>
  );
  return (
    <StepScreen
      props={props}
      heading={t(isOpened ? 'phone:opened.title' : 'phone:link.title')}
      lead={t(isOpened ? 'phone:opened.lead' : 'phone:link.lead')}
      hasPriceStrip
      primary={call}
    >
      {isAway ? (
        <Notice tone="offline" title={t('phone:problem.unreachable.title')}>
          {t('phone:problem.unreachable.text')}
        </Notice>
      ) : null}
      {isOpened ? (
        <Arrived rule={rule} taken={standing.taken} />
      ) : (
        <div className="phone-link">
          <div className="phone-link__code">
            <QrCode text={`${page}?lang=${language}#${password}`} label={t('phone:link.qr')} />
          </div>
          <div className="phone-link__how">
            <Section title={t('phone:link.until', { time: businessTimeOfDay(until) })}>
              <Card>
                <p>{t('phone:link.typed')}</p>
                <p className="phone-link__address">{page}</p>
                <p className="phone-link__number">{oneTimeGrouped(password)}</p>
              </Card>
            </Section>
            <ol className="phone-link__steps">
              <li>{t('phone:link.read')}</li>
              <li>{t('phone:link.take')}</li>
              <li>{t('phone:link.back')}</li>
            </ol>
          </div>
        </div>
      )}
    </StepScreen>
  );
}

function Arrived({ rule, taken }: { readonly rule: DocumentRule; readonly taken: readonly Taken[] }) {
  const { t } = useLanguage();
  return (
    <Card>
      <ul className="phone-link__sides">
        {picturesOf(rule).map((side) => {
          const isKept = taken.some(({ shows }) => shows.side === side);
          return (
            <li key={side} className={isKept ? 'phone-link__side phone-link__side--kept' : 'phone-link__side'}>
              <span aria-hidden="true">{isKept ? <Check /> : <CircleDashed />}</span>
              <span>{t(`phone:opened.side.${side}`)}</span>
              <strong>{t(isKept ? 'phone:opened.kept' : 'phone:opened.waiting')}</strong>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
