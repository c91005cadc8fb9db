import type { Contract } from '../../shared/domain/contract.ts';
import type { ChoiceOption, Procedure, ProcedureContext } from '../../shared/procedures/procedure.ts';
import { useLanguage } from '../app/language.tsx';
import { nameById } from '../app/offering-name.ts';

/** How an option is called on its card and on the review. */
export function useOptionName(
  procedure: Procedure,
  context: ProcedureContext,
  contracts: readonly Contract[],
): (questionId: string, option: Pick<ChoiceOption, 'name' | 'value'>) => string {
  const { t, language } = useLanguage();
  return (questionId, { name, value }) =>
    name.kind === 'offering'
      ? nameById(context.catalog, contracts, name.offeringId, language)
      : t(`procedures:${procedure.id}.${questionId}.${value}`);
}
