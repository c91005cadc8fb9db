import { MailCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { CODE_DIGITS } from '../../../shared/central-api/codes.ts';
import { useLanguage } from '../../app/language.tsx';
import { useMailWait } from '../../app/mail-wait.ts';
import { useTerminalState } from '../../app/terminal-context.tsx';
import { Button, FormColumns, Notice, NoticeList, Section, TextField } from '../../kit/index.ts';
import { Form } from './register/form.tsx';

export interface MailedCodeProps {
  readonly code: string;
  readonly onCode: (code: string) => void;
  readonly entry: CodeEntry;
  readonly onAgain: () => void;
  readonly isPending: boolean;
  /** 0: the code is worth nothing any more. */
  readonly triesLeft: number | null;
  readonly isLate: boolean;
  readonly sent: { readonly title?: string; readonly text: string };
  readonly texts: { readonly noTries: string; readonly missing: string; readonly late: string };
  /** What else can be done where no mail comes: small buttons. */
  readonly ways?: ReactNode;
}

/** What was mailed, the field for its code, and what to do when it doesn't come. */
export function MailedCode(props: MailedCodeProps) {
  const { code, onCode, entry, onAgain, isPending, triesLeft, isLate, sent, texts, ways } = props;
  const { t } = useLanguage();
  const { status } = useTerminalState();
  useMailWait();
  return (
    <FormColumns
      aside={
        <Section title={t(isLate ? 'register:mail.late-title' : 'register:mail.missing-title')}>
          <NoticeList>
            <Notice tone={isLate ? 'attention' : 'info'}>
              <p>{texts.missing}</p>
              <p>{isLate ? texts.late : t('register:mail.wait')}</p>
            </Notice>
          </NoticeList>
          <div className="register__ways">
            <Button
              variant="secondary"
              size="small"
              isDisabled={isPending || status?.central === 'unreachable'}
              onPress={onAgain}
            >
              {t('register:mail.again')}
            </Button>
            {ways}
          </div>
        </Section>
      }
    >
      <Notice tone="info" icon={<MailCheck />} {...(sent.title === undefined ? {} : { title: sent.title })}>
        <p>{sent.text}</p>
      </Notice>
      {triesLeft === 0 ? (
        <Notice tone="attention">
          <p>{texts.noTries}</p>
        </Notice>
      ) : (
        <Form onSubmit={entry.check}>
          <TextField
            label={t('register:mail.code')}
            description={t('register:mail.code-description')}
            value={code}
            onChange={(value) => onCode(value.normalize('NFKC').replaceAll(/\D/g, '').slice(0, CODE_DIGITS))}
            type="text"
            name="code"
            autoComplete="off"
            inputMode="numeric"
            error={entry.error}
          />
        </Form>
      )}
    </FormColumns>
  );
}

export interface CodeEntry {
  readonly error: string | undefined;
  readonly check: () => void;
}

/** Whether what is typed may be a code, which is said once somebody tried it. */
export function useCodeEntry(code: string, prove: () => void): CodeEntry {
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const [isChecked, setChecked] = useState(false);
  const error = code.length === CODE_DIGITS ? undefined : t('register:mail.code-broken');
  return {
    error: isChecked ? error : undefined,
    check: () => {
      setChecked(true);
      if (error === undefined && status?.central !== 'unreachable') prove();
    },
  };
}
