import { useEffect, useState } from 'react';
import type { RecordWish } from '../../../shared/central-api/record-changes.ts';
import { contactEmail, contactPhone } from '../../../shared/domain/contact.ts';
import type { Draft } from '../../../shared/procedures/procedure.ts';
import { useLanguage } from '../../app/language.tsx';
import type { LoadedSession } from '../../app/loaded-session.ts';
import { useTerminalState } from '../../app/terminal-context.tsx';
import { useUnderWay } from '../../app/under-way-context.ts';
import { Button, Card, CheckBox, ChoiceGroup, FormColumns, KeyValueList, Notice, TextField } from '../../kit/index.ts';
import { recordItems } from './record-items.ts';
import { RecordPhases } from './record-phases.tsx';
import { type KeptRecordChange, useRecordChange } from './use-record-change.ts';

export interface ChangeRecordProps {
  readonly procedureId: string;
  readonly session: LoadedSession;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
}

interface ChangeContactProps extends ChangeRecordProps {
  /** To leave the wish here until central is back; what was entered goes along. */
  readonly onQueue: (entered: Draft) => void;
}

interface ContactEntries {
  readonly phone: string;
  readonly where: string;
  readonly email: string;
  readonly again: string;
  readonly wantsNews: boolean;
}

export interface KeptContact {
  readonly entries: ContactEntries;
  readonly change: KeptRecordChange;
}

const OTHER = 'other';

/** 連絡先情報変更 (manual p.26-28): input, the code where the address is another, confirmation, done. */
export function ChangeContact({ procedureId, session, onLeave, onEnd, onQueue }: ChangeContactProps) {
  const { t, language } = useLanguage();
  const { status } = useTerminalState();
  const { sessionId, view } = session;
  const underWay = useUnderWay();
  const [kept] = useState(underWay.contact);
  const change = useRecordChange({ sessionId, language, kept: kept?.change ?? null });
  const present = view.facts.kind === 'known' ? view.facts.customer.contactEmail : null;
  const loginId = view.record?.loginId ?? null;
  const mailAddresses = view.facts.kind === 'known' ? (view.facts.customer.mailAddresses ?? []) : [];
  const choices = [
    ...(present === null ? [] : [choice('keep', present)]),
    ...(loginId === null || loginId === present ? [] : [choice('id', loginId)]),
    ...mailAddresses.filter((one) => one !== present && one !== loginId).map((one) => choice('mail-address', one, one)),
    choice('other', null),
  ];
  const [entries, setEntries] = useState<ContactEntries>(
    kept?.entries ?? {
      ...{ phone: view.record?.daytimePhone ?? '', where: choices[0]?.value ?? OTHER, email: '', again: '' },
      wantsNews: view.record?.wantsNews ?? false,
    },
  );
  const enter = (changes: Partial<ContactEntries>) => setEntries((now) => ({ ...now, ...changes }));
  const [isChecked, setChecked] = useState(false);
  const { phase, changeId } = change;
  useEffect(() => {
    underWay.keepContact({ entries, change: { changeId, phase } });
  }, [underWay, entries, changeId, phase]);
  const { phone, where, email, again, wantsNews } = entries;
  const chosen = choices.find(({ value }) => value === where)?.address ?? null;
  const address = where === 'keep' ? null : where === OTHER ? contactEmail(email) : chosen;
  const digits = contactPhone(phone);
  const errors = {
    phone: digits === null ? t('record-change:contact.bad-phone') : undefined,
    email: where === OTHER && address === null ? t('record-change:contact.bad-email') : undefined,
    again: where === OTHER && contactEmail(again) !== address ? t('record-change:contact.differs') : undefined,
  };
  const submit = () => {
    setChecked(true);
    if (digits === null || Object.values(errors).some((error) => error !== undefined)) return;
    const wish: RecordWish = { kind: 'contact', daytimePhone: digits, wantsNews, email: address };
    void change.begin(wish);
  };
  return (
    <RecordPhases
      {...{ procedureId, change, onEnd }}
      onLeave={() => {
        if (phase.kind === 'done') underWay.keepContact(null);
        onLeave();
      }}
      entering={() => ({
        heading: t('record-change:contact.title'),
        submitLabel: t('record-change:check'),
        onSubmit: submit,
        fields: (
          <>
            {status?.central === 'unreachable' ? (
              <div>
                <Button
                  variant="secondary"
                  onPress={() => onQueue({ phone, where, email, again, news: wantsNews ? 'yes' : 'no' })}
                >
                  {t('record-change:contact.queue')}
                </Button>
              </div>
            ) : null}
            <FormColumns>
              <TextField
                label={t('customer-record:daytime-phone')}
                description={t('record-change:contact.phone-hint')}
                value={phone}
                onChange={(typed) => enter({ phone: typed })}
                type="text"
                name="phone"
                autoComplete="off"
                inputMode="tel"
                isRequired
                error={isChecked ? errors.phone : undefined}
              />
            </FormColumns>
            <ChoiceGroup
              label={t('customer-record:email')}
              value={where}
              onChange={(chosenAddress) => enter({ where: chosenAddress })}
              options={choices}
              selectedLabel={t('choice:selected')}
            />
            {where === OTHER ? (
              <FormColumns
                aside={
                  <TextField
                    label={t('record-change:contact.again')}
                    value={again}
                    onChange={(typed) => enter({ again: typed })}
                    type="text"
                    name="email-again"
                    autoComplete="off"
                    inputMode="email"
                    error={isChecked ? errors.again : undefined}
                  />
                }
              >
                <TextField
                  label={t('record-change:contact.email')}
                  value={email}
                  onChange={(typed) => enter({ email: typed })}
                  type="text"
                  name="email"
                  autoComplete="off"
                  inputMode="email"
                  error={isChecked ? errors.email : undefined}
                />
              </FormColumns>
            ) : null}
            <CheckBox isSelected={wantsNews} onChange={(wants) => enter({ wantsNews: wants })}>
              {t('record-change:contact.news')}
            </CheckBox>
          </>
        ),
      })}
      confirming={({ wish }) => ({
        heading: t('record-change:confirm-title'),
        submitLabel: t('record-change:submit'),
        onSubmit: () => void change.complete(),
        fields: (
          <>
            <Card>
              <KeyValueList items={recordItems(t, wish, (wish.kind === 'contact' ? wish.email : null) ?? present)} />
            </Card>
            <Notice tone="info">
              <p>{t('record-change:mail')}</p>
            </Notice>
          </>
        ),
      })}
    />
  );

  function choice(name: 'keep' | 'id' | 'mail-address' | typeof OTHER, of: string | null, value: string = name) {
    const kind = t(`record-change:contact.${name}`);
    return of === null ? { value, name: kind, address: of } : { value, name: of, details: [kind], address: of };
  }
}
