import { businessDate } from '../../../shared/domain/business-time.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { findOffering, type Offering, PRICE_GROUPS } from '../../../shared/domain/catalog.ts';
import { type Contract, contractsKnown } from '../../../shared/domain/contract.ts';
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
import { go, HOME, procedureHash } from '../route.ts';
import { Screen } from '../screen.tsx';
import { type LoadedSession, useProcedureContext } from '../loaded-session.ts';
import { type ProcedureEntry, useProcedures } from '../use-procedures.ts';
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
        {groups.map(({ group, own }) => (
          <Section key={group} title={t(group === 'bundle-discount' ? 'contracts:plan' : `prices:group.${group}`)}>
            {own.map((contract) => (
              <ContractCard key={contract.id} contract={contract} session={session} procedures={procedures} />
            ))}
          </Section>
        ))}
      </div>
    </Screen>
  );
}

function ContractCard(props: { contract: Contract; session: LoadedSession; procedures: readonly ProcedureEntry[] }) {
  const { contract, session, procedures } = props;
  const { t, language } = useLanguage();
  const { catalog } = session.catalog;
  const offering = findOffering(catalog, contract.offeringId);
  const own = procedures.filter((entry) => leadsTo(offering).includes(entry.id));
  return (
    <Card>
      <div className="contracts__head">
        <h3 className="contracts__name">{offering === undefined ? contract.name : offeringName(offering, language)}</h3>
        <StatusDot tone={toneOf(contract)}>{t(`contracts:status.${contract.status}`)}</StatusDot>
      </div>
      <KeyValueList
        items={[
          { label: t('contracts:price'), value: formatYen(t, contract.monthlyYen) },
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
          ...(contract.feeFrom === null
            ? []
            : [{ label: t('contracts:fee-from'), value: formatDate(language, contract.feeFrom) }]),
        ]}
      />
      {contract.changePending ? <Notice tone="info">{t('contracts:pending')}</Notice> : null}
      {own.length > 0 ? (
        <LinkRows>
          {own.map(({ id, unavailable }) => (
            <LinkRow
              key={id}
              title={t(`procedures:${id}.title`)}
              isDisabled={unavailable !== null}
              reason={unavailable === null ? undefined : t(unavailable)}
              onPress={() => go(procedureHash(id))}
            />
          ))}
        </LinkRows>
      ) : (
        <p className="contracts__note">
          {t(isDiscount(contract) ? 'contracts:discount-note' : 'contracts:no-procedure')}
        </p>
      )}
    </Card>
  );
}

/** The procedures that change such a contract. */
function leadsTo(offering: Offering | undefined): readonly ProcedureId[] {
  switch (offering?.type) {
    case 'bundle':
      return ['plan.recommended'];
    case 'internet-course':
    case 'modem':
      return ['internet.change-course'];
    case 'tv-course':
    case 'tv-channel':
    case 'magazine':
    case 'video-box':
    case 'home':
    case 'home-device':
    case 'push':
    case 'nhk':
    case 'club':
    case 'mobile-plan':
    case 'mobile-option':
    case 'mobile-device':
    case 'security':
    case 'once-fee':
    case 'conditional-discount':
    case 'phone':
    case 'energy':
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

function toneOf(contract: Contract): StatusDotProps['tone'] {
  switch (contract.status) {
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
      return cantHappen(contract.status);
  }
}
