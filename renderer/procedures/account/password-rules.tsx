import { Circle, CircleCheck } from 'lucide-react';
import {
  brokenRules,
  type ChosenPassword,
  PASSWORD_LENGTHS,
  PASSWORD_RULES,
} from '../../../shared/domain/password-rule.ts';
import { useLanguage } from '../../app/language.tsx';
import { Section } from '../../kit/index.ts';
import './password-rules.css';

export interface PasswordRulesProps {
  readonly kind: ChosenPassword;
  readonly next: string;
  readonly again: string;
}

/** Each rule of a new password, ticked as it is met. */
export function PasswordRules({ kind, next, again }: PasswordRulesProps) {
  const { t } = useLanguage();
  const broken = brokenRules(kind, next);
  const rules = [
    ...PASSWORD_RULES.map((rule) => ({
      id: rule,
      text: t(`password-change:${rule}`, PASSWORD_LENGTHS[kind]),
      isMet: next !== '' && !broken.includes(rule),
    })),
    { id: 'same', text: t('password-change:same'), isMet: next !== '' && next === again },
  ];
  return (
    <Section title={t('password-change:rules')}>
      <ul className="password-rules">
        {rules.map(({ id, text, isMet }) => (
          <li className={`password-rules__rule${isMet ? ' password-rules__rule--met' : ''}`} key={id}>
            <span aria-hidden="true">{isMet ? <CircleCheck /> : <Circle />}</span>
            <span>{text}</span>
            {isMet ? <strong>{t('password-change:met')}</strong> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
