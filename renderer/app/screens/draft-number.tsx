import { useId, useState } from 'react';
import { draftNumberAsTyped } from '../../../shared/domain/kept-draft.ts';
import { ActionBar, Button, TextField } from '../../kit/index.ts';
import { useLanguage } from '../language.tsx';
import { draftHash, go, SIGN_IN } from '../route.ts';
import { Screen } from '../screen.tsx';
import './sign-in.css';

/** 保存番号, from the slip: whose it is comes out when they have signed in. */
export function DraftNumber() {
  const { t } = useLanguage();
  const formId = useId();
  const [typed, setTyped] = useState('');
  const [isChecked, setChecked] = useState(false);
  const number = draftNumberAsTyped(typed);
  const submit = () => {
    setChecked(true);
    if (number !== null) go(draftHash(number));
  };
  return (
    <Screen
      id="draft-number"
      heading={t('kept-drafts:enter.title')}
      lead={t('kept-drafts:enter.lead')}
      actions={
        <ActionBar
          back={
            <Button variant="secondary" onPress={() => go(SIGN_IN)}>
              {t('back')}
            </Button>
          }
          primary={
            <Button variant="primary" onPress={submit}>
              {t('next')}
            </Button>
          }
        />
      }
    >
      <form
        className="sign-in"
        id={formId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label={t('kept-drafts:number')}
          value={typed}
          onChange={setTyped}
          type="text"
          name="draft-number"
          autoComplete="off"
          inputMode="numeric"
          error={isChecked && number === null ? t('kept-drafts:enter.invalid') : undefined}
        />
        <button type="submit" hidden />
      </form>
    </Screen>
  );
}
