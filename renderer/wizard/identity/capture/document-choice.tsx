import type { DocumentRule } from '../../../../shared/domain/identity-policy.ts';
import { useLanguage } from '../../../app/language.tsx';
import { ChoiceGroup } from '../../../kit/index.ts';

interface DocumentChoiceProps {
  readonly documents: readonly DocumentRule[];
  readonly value: string | null;
  readonly onChange: (document: string) => void;
  readonly isMissing: boolean;
}

/** Which of them is photographed, and which of its sides. */
export function DocumentChoice({ documents, value, onChange, isMissing }: DocumentChoiceProps) {
  const { t } = useLanguage();
  return (
    <ChoiceGroup
      label={t('capture:choose.document')}
      value={value}
      onChange={onChange}
      selectedLabel={t('choice:selected')}
      options={documents.map(({ document, sides, thickness = false }) => ({
        value: document,
        name: t(`identity:document.${document}`),
        details: [
          t(sides.includes('back') ? 'capture:choose.both-sides' : 'capture:choose.front-only'),
          ...(thickness ? [t('capture:choose.thickness')] : []),
        ],
      }))}
      error={isMissing ? t('wizard:missing') : undefined}
    />
  );
}
