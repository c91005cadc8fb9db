import { IDENTITY_METHODS, type IdentityMethod } from '../../shared/domain/identity-check.ts';
import { useLanguage } from '../app/language.tsx';
import { ChoiceGroup } from '../kit/index.ts';

interface IdentityChoiceProps {
  readonly value: IdentityMethod | null;
  readonly onChange: (method: IdentityMethod) => void;
  readonly error?: string | undefined;
}

/** How staff made sure who stands there: recorded with everything that is done for the customer. */
export function IdentityChoice({ value, onChange, error }: IdentityChoiceProps) {
  const { t } = useLanguage();
  return (
    <ChoiceGroup
      label={t('staff:identity.title')}
      layout="compact"
      value={value}
      onChange={(next) => {
        const known = IDENTITY_METHODS.find((one) => one === next);
        if (known !== undefined) onChange(known);
      }}
      selectedLabel={t('display.selected')}
      error={error}
      options={IDENTITY_METHODS.map((one) => ({ value: one, name: t(`staff:identity.method.${one}`) }))}
    />
  );
}
