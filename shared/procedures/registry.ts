import type { Procedure } from './procedure.ts';

/** Every procedure of this release, loaded when first needed. Adding one = its definition file, its texts, a row here. */
const loaders = {
  'plan.recommended': async () => (await import('./plan/recommended.ts')).planRecommended,
  'internet.change-course': async () => (await import('./internet/change-course.ts')).internetChangeCourse,
} satisfies Record<string, () => Promise<Procedure>>;

export type ProcedureId = keyof typeof loaders;

export const PROCEDURE_IDS = Object.keys(loaders).filter(isProcedureId);

export function isProcedureId(id: string): id is ProcedureId {
  return Object.hasOwn(loaders, id);
}

export function loadProcedure(id: ProcedureId): Promise<Procedure> {
  return loaders[id]();
}
