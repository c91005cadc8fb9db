import type { Language } from '../../../shared/domain/language.ts';
import type { Quote } from '../../../shared/domain/quote.ts';
import type { AcceptedTerms } from '../../../shared/domain/terms.ts';
import { applicationSlip, type ApplicationSlipInput } from '../../../shared/slips/application-slip.ts';
import type { Slip } from '../../../shared/slips/slip.ts';
import type { CatalogCache } from '../catalog/catalog-cache.ts';
import type { ConfigurationHolder } from '../central/configuration.ts';
import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import type { TermsLibrary } from '../terms/terms-library.ts';
import { slipTexts } from './slip-texts.ts';

/** The customer's copy of an application; null: the terminal lacks what every slip has, the shop or the catalog. */
export type SlipMaker = (input: {
  readonly entry: OutboxEntry;
  readonly capturedAt: number;
  readonly quote: Quote;
  readonly terms: readonly AcceptedTerms[];
  readonly language: Language;
  readonly reprint: ApplicationSlipInput['reprint'];
}) => Slip | null;

export function createSlipMaker(parts: {
  catalog: CatalogCache;
  configuration: ConfigurationHolder;
  terms: TermsLibrary;
}): SlipMaker {
  const { catalog, configuration, terms } = parts;
  return ({ entry, capturedAt, quote, terms: accepted, language, reprint }) => {
    const offers = catalog.current();
    const known = configuration.current();
    if (offers === null || known === null) return null;
    const { terminalCode, shopName, shopPhone, demo } = known.configuration;
    return applicationSlip({
      procedureId: entry.procedureId,
      receiptNumber: entry.receiptNumber,
      state: entry.state,
      capturedAt,
      quote,
      catalog: offers.catalog,
      terms: accepted.map(({ id, version }) => ({ title: terms.get(id, language).title, version })),
      terminal: { code: terminalCode, shopName, shopPhone, demo },
      reprint,
      language,
      t: slipTexts(language),
      ja: slipTexts('ja'),
    });
  };
}
