import { Languages } from 'lucide-react';
import { createContext, useContext, useState } from 'react';
import { type Language, LANGUAGES } from '../../shared/domain/language.ts';
import { Button, CheckBox, ChoiceGroup, Dialog } from '../kit/index.ts';
import { languageNames } from './language-names.ts';
import { useLanguage } from './language.tsx';

interface Reach {
  readonly reach: 'normal' | 'low';
  setReach(reach: 'normal' | 'low'): void;
}

export const ReachContext = createContext<Reach>({ reach: 'normal', setReach: () => undefined });

/** Language and low mode, on every screen; nothing that was entered is lost by either. */
export function DisplaySettings() {
  const { t, language, setLanguage } = useLanguage();
  const { reach, setReach } = useContext(ReachContext);
  const [isOpen, setOpen] = useState(false);
  const choose = (value: string) => {
    const next = LANGUAGES.find((one) => one === value);
    if (next !== undefined) setLanguage(next);
  };
  return (
    <>
      <Button variant="secondary" size="small" icon={<Languages />} onPress={() => setOpen(true)}>
        {languageNames[language]}
      </Button>
      <Dialog title={t('display.title')} isOpen={isOpen} onClose={() => setOpen(false)} closeLabel={t('close')}>
        <ChoiceGroup
          label={t('display.language')}
          labelVisibility="hidden"
          layout="compact"
          value={language}
          onChange={choose}
          selectedLabel={t('display.selected')}
          options={LANGUAGES.map((one: Language) => ({ value: one, name: languageNames[one] }))}
        />
        <CheckBox
          isSelected={reach === 'low'}
          onChange={(isLow) => setReach(isLow ? 'low' : 'normal')}
          description={t('display.low-description')}
        >
          {t('display.low')}
        </CheckBox>
      </Dialog>
    </>
  );
}
