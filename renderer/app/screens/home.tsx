import { KeyRound, Layers, ReceiptText, Wifi } from 'lucide-react';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { Contract } from '../../../shared/domain/contract.ts';
import { groupContracts, monthlyTotalYen } from '../../../shared/domain/quote.ts';
import type { Procedure } from '../../../shared/procedures/procedure.ts';
import { ActionBar, Amount, Button, Card, KeyValueList, LinkRow, LinkRows, Notice, Section } from '../../kit/index.ts';
import { ApplicationState } from '../application-state.tsx';
import { formatYen } from '../format.ts';
import { useLanguage } from '../language.tsx';
import { CONTRACTS, go, procedureHash } from '../route.ts';
import { Screen } from '../screen.tsx';
import { type LoadedSession, useProcedureContext } from '../loaded-session.ts';
import { useLiveProcedures } from '../use-live-procedures.ts';
import { useProcedures } from '../use-procedures.ts';
import './home.css';

export function Home({ session, onEnd }: { session: LoadedSession; onEnd: () => void }) {
  const { t } = useLanguage();
  const procedures = useProcedures(useProcedureContext(session));
  const live = useLiveProcedures(session.view);
  const { facts } = session.view;
  return (
    <Screen
      id="home"
      heading={
        facts.kind === 'known'
          ? t('home:title', { name: facts.customer.name })
          : t('home:title-unknown', { number: facts.customerNumber })
      }
      lead={t('home:lead')}
      actions={
        <ActionBar
          primary={
            <Button variant="secondary" onPress={onEnd}>
              {t('finish')}
            </Button>
          }
        />
      }
    >
      <div className="home">
        <Applications session={session} />
        {facts.kind === 'known' ? (
          <Total contracts={facts.contracts} />
        ) : (
          <Notice tone="offline" title={t('home:unknown-title')}>
            {t('home:unknown-text')}
          </Notice>
        )}
        <Section title={t('home:procedures')}>
          <LinkRows>
            {procedures.map(({ id, procedure, unavailable }) => (
              <LinkRow
                key={id}
                title={t(`procedures:${id}.title`)}
                description={t(`procedures:${id}.description`)}
                icon={<AreaIcon area={procedure.area} />}
                isDisabled={unavailable !== null}
                reason={unavailable === null ? undefined : t(unavailable)}
                onPress={() => go(procedureHash(id))}
              />
            ))}
            {live.map(({ id, unavailable }) => (
              <LinkRow
                key={id}
                title={t(`procedures:${id}.title`)}
                description={t(`procedures:${id}.description`)}
                icon={<KeyRound />}
                isDisabled={unavailable !== null}
                reason={unavailable === null ? undefined : t(unavailable)}
                onPress={() => go(procedureHash(id))}
              />
            ))}
            {facts.kind === 'known' ? (
              <LinkRow
                title={t('home:contracts')}
                description={t('home:contracts-description')}
                icon={<ReceiptText />}
                onPress={() => go(CONTRACTS)}
              />
            ) : null}
          </LinkRows>
        </Section>
      </div>
    </Screen>
  );
}

function AreaIcon({ area }: { area: Procedure['area'] }) {
  switch (area) {
    case 'plan':
      return <Layers />;
    case 'internet':
      return <Wifi />;
    default:
      return cantHappen(area);
  }
}

function Total({ contracts }: { contracts: readonly Contract[] }) {
  const { t } = useLanguage();
  const groups = groupContracts(contracts);
  return (
    <Card>
      <div className="home__total">
        <h2 className="home__total-label">{t('home:total')}</h2>
        <p className="home__total-amount">
          <Amount text={formatYen(t, monthlyTotalYen(contracts))} />
        </p>
      </div>
      {groups.length === 0 ? (
        <p>{t('home:no-contracts')}</p>
      ) : (
        <KeyValueList
          items={groups.map((group) => ({
            label: t(`prices:group.${group.group}`),
            value: formatYen(t, group.beforeYen),
          }))}
        />
      )}
      <p className="home__note">
        {t('home:total-note')}
        {groups.some((group) => group.group === 'energy') ? ` ${t('home:energy-note')}` : ''}
      </p>
    </Card>
  );
}

function Applications({ session }: { session: LoadedSession }) {
  const { t } = useLanguage();
  if (session.applications.length === 0) return null;
  return (
    <div className="home__wide">
      <Section title={t('home:applications')}>
        <Card>
          <ul className="home__applications" aria-live="polite">
            {session.applications.map((outcome) => (
              <li className="home__application" key={outcome.applicationId}>
                <span>
                  <span className="home__application-title">{t(`procedures:${outcome.procedureId}.title`)}</span>
                  <span className="home__application-number">
                    {t('home:receipt', { number: outcome.receiptNumber })}
                  </span>
                </span>
                <ApplicationState outcome={outcome} />
              </li>
            ))}
          </ul>
        </Card>
      </Section>
    </div>
  );
}
