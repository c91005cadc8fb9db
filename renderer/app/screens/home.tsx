import { ReceiptText } from 'lucide-react';
import type { Catalog } from '../../../shared/domain/catalog.ts';
import type { Contract } from '../../../shared/domain/contract.ts';
import { groupContracts, monthlyTotalYen } from '../../../shared/domain/quote.ts';
import { ActionBar, Amount, Button, Card, KeyValueList, LinkRow, LinkRows, Notice, Section } from '../../kit/index.ts';
import { ApplicationState } from '../application-state.tsx';
import { formatYen } from '../format.ts';
import { useLanguage } from '../language.tsx';
import { CONTRACTS, go } from '../route.ts';
import { Screen } from '../screen.tsx';
import type { LoadedSession } from '../loaded-session.ts';
import { useEveryProcedure } from '../use-every-procedure.ts';
import { KeptDrafts } from './kept-drafts.tsx';
import { ProcedureFinder } from './procedure-finder.tsx';
import './home.css';

export function Home({ session, onEnd }: { session: LoadedSession; onEnd: () => void }) {
  const { t } = useLanguage();
  const procedures = useEveryProcedure(session);
  const { facts } = session.view;
  return (
    <Screen
      id="home"
      heading={
        facts.kind === 'known'
          ? t('home:title', { name: facts.customer.name })
          : t('home:title-unknown', { number: facts.customerNumber })
      }
      windowTitle={t('home:window-title')}
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
        <KeptDrafts session={session} />
        {facts.kind === 'known' ? (
          <Total catalog={session.catalog.catalog} contracts={facts.contracts} />
        ) : (
          <Notice tone="offline" title={t('home:unknown-title')}>
            {t('home:unknown-text')}
          </Notice>
        )}
        <ProcedureFinder procedures={procedures}>
          {facts.kind === 'known' ? (
            <LinkRows>
              <LinkRow
                title={t('home:contracts')}
                description={t('home:contracts-description')}
                icon={<ReceiptText />}
                onPress={() => go(CONTRACTS)}
              />
            </LinkRows>
          ) : null}
        </ProcedureFinder>
      </div>
    </Screen>
  );
}

function Total({ catalog, contracts }: { catalog: Catalog; contracts: readonly Contract[] }) {
  const { t } = useLanguage();
  const groups = groupContracts(catalog, contracts);
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
