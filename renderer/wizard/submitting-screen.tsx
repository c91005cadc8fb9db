import { useEffect, useState } from 'react';
import { useLanguage } from '../app/language.tsx';
import { Screen } from '../app/screen.tsx';
import { Spinner } from '../kit/index.ts';
import { IdentityStep } from './identity/identity-step.tsx';
import { ReviewStep } from './review-step.tsx';
import { Steps } from './step-screen.tsx';
import type { StepProps } from './step-props.ts';
import { TermsStep } from './terms-step.tsx';
import { stepAt } from './wizard-state.ts';

const SHOW_PROGRESS_AFTER_MS = 400;
const EXPLAIN_AFTER_MS = 3_000;

/** Nothing here can be touched twice: first the pending button, then progress, then what is going on. */
export function SubmittingScreen({ props }: { props: StepProps }) {
  const { t } = useLanguage();
  const [phase, setPhase] = useState<'pending' | 'progress' | 'explained'>('pending');
  useEffect(() => {
    const timers = [
      setTimeout(() => setPhase('progress'), SHOW_PROGRESS_AFTER_MS),
      setTimeout(() => setPhase('explained'), EXPLAIN_AFTER_MS),
    ];
    return () => timers.forEach(clearTimeout);
  }, []);
  if (phase === 'pending') {
    switch (stepAt(props.procedure, props.at).kind) {
      case 'identity':
        return <IdentityStep {...props} isSubmitting />;
      case 'terms':
        return <TermsStep {...props} isSubmitting />;
      // A procedure without terms ends with its review.
      case 'review':
      case 'choose':
        return <ReviewStep {...props} isSubmitting />;
    }
  }
  return (
    <Screen
      id="submitting"
      heading={t('wizard:submitting.title')}
      lead={t(phase === 'progress' ? 'wizard:submitting.short' : 'wizard:submitting.long')}
      above={<Steps procedure={props.procedure} at={props.at} context={props.context} draft={props.state.draft} />}
    >
      <Spinner label={t('wizard:submitting.title')} />
    </Screen>
  );
}
