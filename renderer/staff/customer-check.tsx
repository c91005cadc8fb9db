import { useState } from 'react';
import { customerNumberSchema } from '../../shared/domain/contract.ts';
import type { IdentityMethod } from '../../shared/domain/identity-check.ts';
import { useLanguage } from '../app/language.tsx';
import { TextField } from '../kit/index.ts';
import { IdentityChoice } from './identity-choice.tsx';

export interface CheckedCustomer {
  readonly customerNumber: string;
  readonly identityMethod: IdentityMethod;
}

interface CustomerCheck {
  /** null: something is missing, and from now on it is said where. */
  check(): CheckedCustomer | null;
  readonly fields: CustomerCheckProps;
}

interface CustomerCheckProps {
  readonly number: string;
  readonly onNumber: (number: string) => void;
  readonly method: IdentityMethod | null;
  readonly onMethod: (method: IdentityMethod) => void;
  readonly lacksNumber: boolean;
  readonly lacksMethod: boolean;
}

/** Whose number it is and how they were found to be that person, where staff type both. */
export function useCustomerCheck(initialNumber: string): CustomerCheck {
  const [number, onNumber] = useState(initialNumber);
  const [method, onMethod] = useState<IdentityMethod | null>(null);
  const [isChecked, setChecked] = useState(false);
  const valid = customerNumberSchema.safeParse(number.replaceAll(/[\s-]/g, ''));
  return {
    check: () => {
      setChecked(true);
      return valid.success && method !== null ? { customerNumber: valid.data, identityMethod: method } : null;
    },
    fields: {
      number,
      onNumber,
      method,
      onMethod,
      lacksNumber: isChecked && !valid.success,
      lacksMethod: isChecked && method === null,
    },
  };
}

export function CustomerCheckFields(props: CustomerCheckProps & { description?: string }) {
  const { number, onNumber, method, onMethod, lacksNumber, lacksMethod, description } = props;
  const { t } = useLanguage();
  return (
    <>
      <TextField
        label={t('staff:search.field.number')}
        description={description}
        value={number}
        onChange={onNumber}
        type="text"
        name="customer"
        autoComplete="off"
        inputMode="numeric"
        error={lacksNumber ? t('staff:unverified.number-invalid') : undefined}
      />
      <IdentityChoice
        value={method}
        onChange={onMethod}
        error={lacksMethod ? t('staff:identity.missing') : undefined}
      />
    </>
  );
}
