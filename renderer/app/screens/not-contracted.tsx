import { type Catalog, findOffering, type Offering } from '../../../shared/domain/catalog.ts';
import type { Contract } from '../../../shared/domain/contract.ts';
import type { ProcedureId } from '../../../shared/procedures/registry.ts';
import { LinkRow, LinkRows, Section } from '../../kit/index.ts';
import { useLanguage } from '../language.tsx';
import { offeringName } from '../offering-name.ts';
import { go, procedureHash } from '../route.ts';
import type { ProcedureEntry } from '../use-procedures.ts';

/** What there is beside the customer's contracts: by what a service shows itself, and how to apply for it. */
const SERVICES: readonly { readonly type: Offering['type']; readonly apply: readonly ProcedureId[] }[] = [
  { type: 'tv-course', apply: ['tv.apply'] },
  { type: 'video-box', apply: ['video.apply-box'] },
  { type: 'internet-course', apply: ['internet.apply', 'internet.apply-other'] },
  { type: 'phone', apply: ['phone.apply'] },
  { type: 'mobile-plan', apply: ['mobile.apply'] },
  { type: 'energy', apply: ['energy.apply'] },
  { type: 'home', apply: ['home.apply'] },
  { type: 'push', apply: ['push.apply'] },
  { type: 'nhk', apply: ['nhk.apply'] },
];
/** Shown, and ordered with staff (p.37). */
const WITH_STAFF = ['other.tokoton-support', 'other.mesh-wifi', 'other.earthquake-alert', 'other.hulu', 'other.dazn'];

interface NotContractedProps {
  readonly contracts: readonly Contract[];
  readonly catalog: Catalog;
  readonly procedures: readonly ProcedureEntry[];
}

export function NotContracted({ contracts, catalog, procedures }: NotContractedProps) {
  const { t, language } = useLanguage();
  const current = contracts.filter((contract) => contract.status !== 'terminated');
  const had = new Set(current.map(({ offeringId }) => findOffering(catalog, offeringId)?.type));
  const orderable = procedures.filter(({ id }) =>
    SERVICES.some(({ type, apply }) => !had.has(type) && apply.includes(id)),
  );
  const withStaff = catalog.offerings.filter(
    ({ id }) => WITH_STAFF.includes(id) && !current.some(({ offeringId }) => offeringId === id),
  );
  return (
    <Section title={t('contracts:not-contracted')}>
      <LinkRows>
        {orderable.map(({ id, unavailable }) => (
          <LinkRow
            key={id}
            title={t(`procedures:${id}.title`)}
            isDisabled={unavailable !== null}
            reason={unavailable === null ? undefined : t(unavailable)}
            onPress={() => go(procedureHash(id))}
          />
        ))}
        {withStaff.map((offering) => (
          <LinkRow
            key={offering.id}
            title={offeringName(offering, language)}
            isDisabled
            reason={t('choice:ask-staff-reason')}
            onPress={() => undefined}
          />
        ))}
      </LinkRows>
    </Section>
  );
}
