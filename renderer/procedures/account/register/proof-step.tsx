import { useState } from 'react';
import {
  ADDITIONAL_PROOFS,
  contractorProof,
  PROOF_KINDS,
  type ProofKind,
} from '../../../../shared/domain/contractor.ts';
import { useLanguage } from '../../../app/language.tsx';
import { ChoiceGroup, FormColumns, Notice, TextField } from '../../../kit/index.ts';
import { CentralAction } from '../../central-action.tsx';
import { Form } from './form.tsx';
import { RegisterScreen } from './register-screen.tsx';
import type { RegistrationState } from './use-registration.ts';

/** お支払情報等: one of four, with where it is printed; or 追加認証情報, one of two. */
export function ProofStep({ registration, isAdditional }: { registration: RegistrationState; isAdditional: boolean }) {
  const { t } = useLanguage();
  const { entries, enter, go, verify, isPending } = registration;
  const [isChecked, setChecked] = useState(false);
  const kinds: readonly ProofKind[] = isAdditional ? ADDITIONAL_PROOFS : PROOF_KINDS;
  const kind = isAdditional ? entries.additionalKind : entries.proofKind;
  const value = isAdditional ? entries.additional : entries.proof;
  const error = contractorProof(kind, value) === null ? t(`register:proof.${kind}.broken`) : undefined;
  const choose = (next: string) => {
    const chosen = kinds.find((one) => one === next);
    if (chosen === undefined) return;
    setChecked(false);
    if (!isAdditional) enter({ proofKind: chosen, proof: '' });
    else if (chosen === 'customer-number' || chosen === 'device') enter({ additionalKind: chosen, additional: '' });
  };
  const check = () => {
    setChecked(true);
    if (error === undefined) verify();
  };
  return (
    <RegisterScreen
      registration={registration}
      heading={t(isAdditional ? 'register:additional.title' : 'register:proof.title')}
      lead={t(isAdditional ? 'register:additional.lead' : 'register:proof.lead')}
      onBack={() => go(isAdditional ? 'proof' : 'contractor')}
      primary={
        <CentralAction isPending={isPending} pendingLabel={t('register:proof.pending')} onPress={check}>
          {t('confirm')}
        </CentralAction>
      }
    >
      <ChoiceGroup
        label={t('register:proof.title')}
        labelVisibility="hidden"
        value={kind}
        onChange={choose}
        options={kinds.map((one) => ({ value: one, name: t(`register:proof.${one}.name`) }))}
        selectedLabel={t('choice:selected')}
      />
      <FormColumns
        aside={
          <Notice tone="info" title={t('register:proof.where')}>
            <p>{t(`register:proof.${kind}.where`)}</p>
          </Notice>
        }
      >
        <Form onSubmit={check}>
          <TextField
            key={kind}
            label={t(`register:proof.${kind}.name`)}
            description={t(`register:proof.${kind}.description`)}
            value={value}
            onChange={(typed) => enter(isAdditional ? { additional: typed } : { proof: typed })}
            type="text"
            name={`proof-${kind}`}
            autoComplete="off"
            inputMode={kind === 'device' ? 'text' : 'numeric'}
            error={isChecked ? error : undefined}
          />
        </Form>
      </FormColumns>
    </RegisterScreen>
  );
}
