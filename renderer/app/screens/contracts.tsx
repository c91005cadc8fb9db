import { History as HistoryIcon } from 'lucide-react';
import { businessDate } from '../../../shared/domain/business-time.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { findOffering, type Offering, PRICE_GROUPS } from '../../../shared/domain/catalog.ts';
import { type Contract, contractsKnown } from '../../../shared/domain/contract.ts';
import { characteristicText } from '../../../shared/slips/side-details.ts';
import type { ProcedureId } from '../../../shared/procedures/registry.ts';
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
  const procedures = useProcedures(useProcedureContext(session));
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
                session={session}
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
  readonly session: LoadedSession;
  readonly procedures: readonly ProcedureEntry[];
}

function ContractCard({ contract, count, session, procedures }: ContractCardProps) {
  const today = businessDate(useTerminal().businessClock());
  const { t, language } = useLanguage();
  const { catalog } = session.catalog;
  const offering = findOffering(catalog, contract.offeringId);
  const own = procedures.filter((entry) => leadsTo(offering).includes(entry.id));
  const name = offering === undefined ? contract.name : offeringName(offering, language);
  // What begins on a day to come isn't there yet.
  const isToCome = contract.startedOn !== null && contract.startedOn > today;
  const status = contract.status === 'active' && isToCome ? 'pendingActive' : contract.status;
  // From when a volume holds, its fee says as well.
  const { volumeChangesOn: _, ...told } = contract.characteristics ?? {};
  const settled = Object.entries(told);
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
          ...settled.flatMap(([key, value]) =>
            value === undefined
              ? []
              : [{ label: t(`contracts:characteristic.${key}`), value: characteristicText(key, value, t) }],
          ),
          ...(contract.feeFrom === null
            ? []
            : [{ label: t('contracts:fee-from'), value: formatDate(language, contract.feeFrom) }]),
        ]}
      />
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

/** The procedures that change such a contract. */
function leadsTo(offering: Offering | undefined): readonly ProcedureId[] {
  switch (offering?.type) {
    case 'bundle':
      return ['plan.recommended'];
    case 'internet-course':
      return ['internet.change-course', 'internet.change-other', 'internet.change-ip-type'];
    case 'modem':
      return ['internet.change-course'];
    case 'mobile-plan':
      return ['mobile.usage', 'mobile.change-data', 'mobile.activate-mnp'];
    case 'tv-course':
      return ['tv.change-course', 'tv.options', 'tv.swap-box'];
    case 'tv-channel':
      return ['tv.options'];
    case 'magazine':
      return ['tv.magazine'];
    case 'home':
      return ['home.add-devices'];
    case 'energy':
      return ['energy.apply'];
    case 'nhk':
      return ['nhk.apply'];
    case 'home-device':
    case 'push':
    case 'video-box':
    case 'club':
    case 'mobile-option':
    case 'mobile-device':
    case 'added-data':
    case 'port-activation':
    case 'campaign':
    case 'security':
    case 'once-fee':
    case 'conditional-discount':
    case 'phone':
    case 'option':
    case 'discount':
    case undefined:
      return [];
    default:
      return cantHappen(offering);
  }
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
