import { Presentation } from 'lucide-react';
import { useLanguage } from '../app/language.tsx';
import { useTerminal } from '../app/terminal-context.tsx';
import { Button, Notice } from '../kit/index.ts';
import type { StepProps } from '../wizard/step-props.ts';
import { StepScreen } from '../wizard/step-screen.tsx';

/** Prices and terms are the customer's to read and to accept: staff turn the screen to them first. */
export function HandOver(props: StepProps) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  return (
    <StepScreen
      props={props}
      heading={t('staff:hand-over.title')}
      lead={t('staff:hand-over.lead')}
      hasPriceStrip
      primary={
        <Button variant="primary" onPress={() => terminal.staff.leave('with-customer')}>
          {t('staff:hand-over.submit')}
        </Button>
      }
    >
      <Notice tone="info" icon={<Presentation />} title={t('staff:hand-over.then-title')}>
        {t('staff:hand-over.then-text')}
      </Notice>
    </StepScreen>
  );
}
