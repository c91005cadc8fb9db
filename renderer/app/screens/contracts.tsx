import { History as HistoryIcon } from 'lucide-react';
import { businessDate } from '../../../shared/domain/business-time.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { CHARACTERISTICS } from '../../../shared/domain/characteristics.ts';
import { findOffering, PRICE_GROUPS } from '../../../shared/domain/catalog.ts';
import { type Contract, contractsKnown } from '../../../shared/domain/contract.ts';
import { linksOf } from '../../../shared/procedures/contract-links.ts';
import { volumeUntilChange } from '../../../shared/procedures/mobile/lines.ts';
import type { ProcedureContext } from '../../../shared/procedures/procedure.ts';
import { characteristicText } from '../../../shared/slips/side-details.ts';
import {
  ActionBar,
  Button,
  Card,
  KeyValueList,
  LinkRow,
  LinkRows,
  Notice,
  Section,
  StatusDot,
  type StatusDotProps,
} from '../../kit/index.ts';
import { formatDate, formatYen } from '../format.ts';
import { useLanguage } from '../language.tsx';
import { offeringName } from '../offering-name.ts';
import { ProcedureLinks } from '../procedure-links.tsx';
import { go, HISTORY, HOME } from '../route.ts';
import { Screen } from '../screen.tsx';
import { type LoadedSession, useProcedureContext } from '../loaded-session.ts';
import { useTerminal } from '../terminal-context.tsx';
import { type ProcedureEntry, useProcedures } from '../use-procedures.ts';
import { NotContracted } from './not-contracted.tsx';
import './contracts.css';

export function Contracts({ session }: { session: LoadedSession }) {
  const { t, language } = useLanguage();
  const context = useProcedureContext(session);
  const procedures = useProcedures(context);
  const { facts, asOf } = session.view;
  const contracts = contractsKnown(facts);
  const groups = PRICE_GROUPS.map((group) => ({
    group,
    own: contracts.filter((contract) => contract.group === group),
  })).filter(({ own }) => own.length > 0);
  return (
    <Screen
      id="contracts"
      heading={t('contracts:title')}
      lead={t('contracts:as-of', { date: formatDate(language, businessDate(asOf)) })}
      actions={
        <ActionBar
          back={
            <Button variant="secondary" onPress={() => go(HOME)}>
              {t('back')}
            </Button>
          }
        />
      }
    >
      {groups.length === 0 ? (
        <Notice tone="info" title={t('contracts:empty-title')}>
          {t('contracts:empty-text')}
        </Notice>
      ) : null}
      <div className="contracts">
        {facts.kind === 'known' ? (
          <LinkRows>
            <LinkRow
              title={t('orders:title')}
              description={t('orders:lead')}
              icon={<HistoryIcon />}
              onPress={() => go(HISTORY)}
            />
          </LinkRows>
        ) : null}
        {groups.map(({ group, own }) => (
          <Section key={group} title={t(group === 'bundle-discount' ? 'contracts:plan' : `prices:group.${group}`)}>
            {alike(own).map(({ contract, count }) => (
              <ContractCard
                key={contract.id}
                contract={contract}
                count={count}
                context={context}
                procedures={procedures}
              />
            ))}
          </Section>
        ))}
        <NotContracted contracts={contracts} catalog={session.catalog.catalog} procedures={procedures} />
      </div>
    </Screen>
  );
}

interface ContractCardProps {
  readonly contract: Contract;
  /** So many that say the same: sensors of one kind. */
  readonly count: number;
  readonly context: ProcedureContext;
  readonly procedures: readonly ProcedureEntry[];
}

function ContractCard({ contract, count, context, procedures }: ContractCardProps) {
  const today = businessDate(useTerminal().businessClock());
  const { t, language } = useLanguage();
  const offering = findOffering(context.catalog, contract.offeringId);
  const own = linksOf(context, contract, procedures);
  const name = offering === undefined ? contract.name : offeringName(offering, language);
  // What begins on a day to come isn't there yet.
  const isToCome = contract.startedOn !== null && contract.startedOn > today;
  const status = contract.status === 'active' && isToCome ? 'pendingActive' : contract.status;
  const until = volumeUntilChange(context, contract);
  const settled = contract.characteristics ?? {};
  return (
    <Card>
      <div className="contracts__head">
        <h3 className="contracts__name">{count === 1 ? name : t('prices:several', { name, count })}</h3>
        <StatusDot tone={toneOf(status)}>{t(`contracts:status.${status}`)}</StatusDot>
      </div>
      <KeyValueList
        items={[
          priceItem(),
          ...(contract.startedOn === null
            ? []
            : [{ label: t('contracts:started'), value: formatDate(language, contract.startedOn) }]),
          ...(contract.term === null
            ? []
            : [
                {
                  label: t('contracts:term'),
                  value: t('contracts:term-value', {
                    from: formatDate(language, contract.term.startsOn),
                    months: contract.term.months,
                  }),
                },
              ]),
          ...(contract.provision === null
            ? []
            : [{ label: t('contracts:provision'), value: t(`prices:provision.${contract.provision}`) }]),
          ...CHARACTERISTICS.flatMap((name) => {
            const value = characteristicText(settled, name, t, (date) => formatDate(language, date));
            return value === null ? [] : [{ label: t(`contracts:characteristic.${name}`), value }];
          }),
          ...(contract.feeFrom === null
            ? []
            : [{ label: t('contracts:fee-from'), value: formatDate(language, contract.feeFrom) }]),
        ]}
      />
      {until === null ? null : (
        <Notice tone="info">
          {t('contracts:volume-waits', {
            date: formatDate(language, until.changesOn),
            now: offeringName(until.plan, language),
          })}
        </Notice>
      )}
      {contract.changePending ? <Notice tone="info">{t('contracts:pending')}</Notice> : null}
      {own.length > 0 ? (
        <ProcedureLinks procedures={own} />
      ) : (
        <p className="contracts__note">
          {t(isDiscount(contract) ? 'contracts:discount-note' : 'contracts:no-procedure')}
        </p>
      )}
    </Card>
  );

  function priceItem() {
    if (offering?.type !== 'nhk')
      return { label: t('contracts:price'), value: formatYen(t, contract.monthlyYen * count) };
    const { periodYen, periodMonths } = offering;
    const value = t('prices:per-period', { amount: formatYen(t, periodYen), months: periodMonths });
    return { label: t('contracts:period-price'), value };
  }
}

/** Contracts that differ in nothing but themselves, together. */
function alike(contracts: readonly Contract[]): { readonly contract: Contract; readonly count: number }[] {
  const counted = new Map<string, { contract: Contract; count: number }>();
  for (const contract of contracts) {
    const key = JSON.stringify({ ...contract, id: null });
    const known = counted.get(key);
    if (known === undefined) counted.set(key, { contract, count: 1 });
    else known.count += 1;
  }
  return [...counted.values()];
}

function isDiscount(contract: Contract): boolean {
  return contract.group === 'other-discount';
}

function toneOf(status: Contract['status']): StatusDotProps['tone'] {
  switch (status) {
    case 'active':
      return 'good';
    case 'created':
    case 'pendingActive':
    case 'pendingTerminate':
    case 'suspended':
      return 'waiting';
    case 'terminated':
      return 'neutral';
    default:
      return cantHappen(status);
  }
}
