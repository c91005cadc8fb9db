import { PRESENT_PASSWORD_MOST } from '../../../shared/domain/password-rule.ts';
import type { Text } from '../../app/i18n.ts';

/** What is wrong with a present password before anybody looks at whether it is right; undefined: nothing. */
export function presentProblem(t: Text, present: string): string | undefined {
  if (present === '') return t('password-change:missing-present');
  return present.length > PRESENT_PASSWORD_MOST
    ? t('password-change:long-present', { max: PRESENT_PASSWORD_MOST })
    : undefined;
}
