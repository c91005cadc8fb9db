import { useState } from 'react';
import { brokenIdRules } from '../../../shared/domain/portal-id.ts';
import { useLanguage } from '../../app/language.tsx';
import { Card, ChoiceGroup, FormColumns, KeyValueList, Notice, TextField } from '../../kit/index.ts';
import type { ChangeRecordProps } from './change-contact.tsx';
import { RecordPhases } from './record-phases.tsx';
import { useRecordChange } from './use-record-change.ts';

/** iTSCOM IDの変更 (manual p.168-170): the new ID, the code to the contact address, whether that follows, done. */
export function ChangeId({ procedureId, session, onLeave, onEnd }: ChangeRecordProps) {
  const { t, language } = useLanguage();
  const { sessionId, view } = session;
  const change = useRecordChange({ sessionId, language, kept: null });
  const [loginId, setLoginId] = useState('');
  const [contact, setContact] = useState<'present' | 'id'>('present');
  const [isChecked, setChecked] = useState(false);
  const presentId = view.record?.loginId ?? null;
  const presentContact = view.facts.kind === 'known' ? view.facts.customer.contactEmail : null;
  const error =
    brokenIdRules(loginId).length > 0
      ? t('record-change:id.broken')
      : loginId === presentId
        ? t('record-change:id.same')
        : undefined;
  const submit = () => {
    setChecked(true);
    if (error !== undefined) return;
    setContact('present');
    void change.begin({ kind: 'id', loginId, contact: 'present' });
  };
  return (
    <RecordPhases
      {...{ procedureId, change, onLeave, onEnd }}
      entering={() => ({
        heading: t('record-change:id.title'),
        submitLabel: t('next'),
        onSubmit: submit,
        fields: (
          <>
            <Card>
              <KeyValueList
                items={[{ label: t('record-change:id.before'), value: presentId ?? t('customer-record:missing') }]}
              />
            </Card>
            <FormColumns
              aside={
                <Notice tone="info">
                  <p>{t('record-change:id.code', { address: presentContact ?? t('customer-record:missing') })}</p>
                </Notice>
              }
            >
              <TextField
                label={t('record-change:id.label')}
                description={t('record-change:id.hint')}
                value={loginId}
                onChange={setLoginId}
                type="text"
                name="login-id"
                autoComplete="off"
                inputMode="email"
                error={isChecked ? error : undefined}
              />
            </FormColumns>
          </>
        ),
      })}
      confirming={(phase) => {
        const { wish, isUnclear } = phase;
        const follows = wish.kind === 'id' && wish.contact === 'id';
        // The new ID gets mail only when it is proved, too: with the code that goes there now.
        const isNext = contact === 'id' && !follows && !isUnclear;
        return {
          heading: t('record-change:id.confirm-title'),
          submitLabel: t(isNext ? 'next' : 'record-change:submit'),
          onSubmit: () => void (isNext ? change.begin({ kind: 'id', loginId, contact }, phase) : change.complete()),
          fields: (
            <>
              <Card>
                <KeyValueList
                  items={[
                    { label: t('record-change:id.before'), value: presentId ?? t('customer-record:missing') },
                    { label: t('record-change:id.after'), value: loginId },
                    ...(follows ? [{ label: t('record-change:id.contact'), value: loginId }] : []),
                  ]}
                />
              </Card>
              {follows || isUnclear || loginId === presentContact ? null : (
                <ChoiceGroup
                  label={t('record-change:id.contact')}
                  value={contact}
                  onChange={(value) => setContact(value === 'id' ? 'id' : 'present')}
                  options={[
                    { value: 'present', name: t('record-change:id.contact-present', { address: presentContact }) },
                    { value: 'id', name: t('record-change:id.contact-id', { address: loginId }) },
                  ]}
                  selectedLabel={t('choice:selected')}
                />
              )}
              <Notice tone="attention">
                <p>{t('record-change:id.care')}</p>
              </Notice>
              <Notice tone="info">
                <p>
                  {t(isNext ? 'record-change:id.contact-code' : 'record-change:mail', {
                    address: loginId,
                  })}
                </p>
              </Notice>
            </>
          ),
        };
      }}
    />
  );
}
