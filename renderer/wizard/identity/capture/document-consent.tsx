import type { DocumentRule } from '../../../../shared/domain/identity-policy.ts';
import { useLanguage } from '../../../app/language.tsx';
import { Card, ChoiceGroup, Section } from '../../../kit/index.ts';

interface DocumentConsentProps {
  readonly documents: readonly DocumentRule[];
  readonly value: string | null;
  readonly onChange: (document: string) => void;
  readonly isMissing: boolean;
  /** What becomes of the pictures, in sentences. */
  readonly keeping: readonly string[];
}

/** Which document is photographed, which of its sides, and what is made of the pictures: going on is agreeing to that. */
export function DocumentConsent({ documents, value, onChange, isMissing, keeping }: DocumentConsentProps) {
  const { t } = useLanguage();
  return (
    <>
      <ChoiceGroup
        label={t('capture:choose.document')}
        value={value}
        onChange={onChange}
        selectedLabel={t('choice:selected')}
        options={documents.map(({ document, sides, thickness = false, face = false }) => ({
          value: document,
          name: t(`identity:document.${document}`),
          details: [
            t(sides.includes('back') ? 'capture:choose.both-sides' : 'capture:choose.front-only'),
            ...(thickness ? [t('capture:choose.thickness')] : []),
            ...(face ? [t('capture:choose.face')] : []),
          ],
        }))}
        error={isMissing ? t('wizard:missing') : undefined}
      />
      <Section title={t('capture:consent.title')}>
        <Card>
          <ul className="wizard-identity__list">
            {[t('capture:consent.use'), ...keeping, t('capture:consent.otherwise')].map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Card>
      </Section>
    </>
  );
}
