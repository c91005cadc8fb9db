import { Undo2 } from 'lucide-react';
import { useLanguage } from '../app/language.tsx';
import { useTerminal } from '../app/terminal-context.tsx';
import { Button } from '../kit/index.ts';
import { PinForm } from './pin-form.tsx';

/** 係員の方: the way into a customers' terminal, by number and PIN. */
export default function Unlock({ onBack }: { onBack: () => void }) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  return (
    <PinForm
      id="staff-unlock"
      heading={t('call:unlock.title')}
      lead={t('call:unlock.lead')}
      submitLabel={t('call:unlock.submit')}
      hasNumber
      back={
        <Button variant="secondary" icon={<Undo2 />} onPress={onBack}>
          {t('call:unlock.back')}
        </Button>
      }
      onSubmit={({ number, pin }, left) => terminal.staff.signIn(number, pin, left)}
    />
  );
}
