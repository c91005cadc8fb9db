import type { ReactNode } from 'react';
import type { AccountKind } from '../../../shared/domain/account.ts';
import { businessDate } from '../../../shared/domain/business-time.ts';
import { passwordReading } from '../../../shared/domain/password-reading.ts';
import { formatDate } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { Card, IssuedSecret, KeyValueList } from '../../kit/index.ts';
import type { Paper } from './after-print.ts';
import { ShownSecret } from './shown-secret.tsx';

export interface IssuedPasswordProps {
  readonly screen: string;
  readonly account: { readonly kind: AccountKind | 'portal'; readonly login: string };
  readonly password: string;
  /** Epoch ms, business clock. */
  readonly issuedAt: number;
  readonly paper: Paper;
  readonly onPrint: () => void;
  readonly onEnd: () => void;
  /** The actions once it is printed, or can't be any more. */
  readonly end: ReactNode;
}

/** A password that central issued, once, with its reading. */
export function IssuedPassword({ account, password, issuedAt, ...shown }: IssuedPasswordProps) {
  const { t, language } = useLanguage();
  const reading = passwordReading(password) ?? [];
  return (
    <ShownSecret heading={t('secrets:shown.title')} lead={t('secrets:shown.lead')} {...shown}>
      <Card>
        <KeyValueList
          items={[
            { label: t(`secrets:account.${account.kind}`), value: account.login },
            { label: t('secrets:issued-on'), value: formatDate(language, businessDate(issuedAt)) },
          ]}
        />
      </Card>
      <IssuedSecret
        label={t('secrets:password')}
        readingLabel={t('secrets:reading')}
        note={t('secrets:underline-means')}
        characters={reading.map(({ character, kana, class: kind }) => ({
          character,
          reading: kana,
          isUnderlined: kind === 'upper',
          kind: t(`secrets:class.${kind}`),
        }))}
      />
    </ShownSecret>
  );
}
