import { brokenRules } from '../../../shared/domain/password-rule.ts';
import { useLanguage } from '../../app/language.tsx';
import { FormColumns, TextField } from '../../kit/index.ts';
import { PasswordRules } from './password-rules.tsx';

export interface NewPasswordEntry {
  readonly password: string;
  readonly again: string;
}

export interface NewPasswordFieldsProps {
  readonly entry: NewPasswordEntry;
  readonly onEntry: (changes: Partial<NewPasswordEntry>) => void;
  /** Somebody went on: what is wrong is said. */
  readonly isChecked: boolean;
}

/** A password for the iTSCOM ID twice; each rule is ticked as it is met. */
export function NewPasswordFields({ entry, onEntry, isChecked }: NewPasswordFieldsProps) {
  const { t } = useLanguage();
  const errors = {
    password: isPasswordAllowed(entry) ? undefined : t('password-change:broken'),
    again: isPasswordSame(entry) ? undefined : t('register:account.differs'),
  };
  const field = (name: 'password' | 'again') => ({
    label: t(`register:account.${name}`),
    value: entry[name],
    onChange: (value: string) => onEntry({ [name]: value }),
    type: 'password' as const,
    name,
    autoComplete: 'off',
    showPasswordLabel: t('sign-in:show-password'),
    error: isChecked ? errors[name] : undefined,
  });
  return (
    <FormColumns aside={<PasswordRules kind="portal" next={entry.password} again={entry.again} />}>
      <TextField {...field('password')} />
      <TextField {...field('again')} />
    </FormColumns>
  );
}

export const isNewPassword = (entry: NewPasswordEntry): boolean => isPasswordAllowed(entry) && isPasswordSame(entry);

const isPasswordAllowed = ({ password }: NewPasswordEntry): boolean => brokenRules('portal', password).length === 0;
const isPasswordSame = ({ password, again }: NewPasswordEntry): boolean => password === again;
