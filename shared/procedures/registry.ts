import type { Procedure } from './procedure.ts';

/** Every procedure of this release, loaded when first needed. Adding one = its definition file, its texts, a row here. */
const loaders = {
  'plan.recommended': async () => (await import('./plan/recommended.ts')).planRecommended,
  'internet.change-course': async () => (await import('./internet/change-course.ts')).internetChangeCourse,
  'internet.change-other': async () => (await import('./internet/change-other.ts')).internetChangeOther,
  'internet.change-ip-type': async () => (await import('./internet/change-ip-type.ts')).internetChangeIpType,
  'internet.apply': async () => (await import('./internet/apply.ts')).internetApply,
  'internet.apply-other': async () => (await import('./internet/apply-other.ts')).internetApplyOther,
  'phone.apply': async () => (await import('./phone/apply.ts')).phoneApply,
  'tv.apply': async () => (await import('./tv/apply.ts')).tvApply,
  'tv.change-course': async () => (await import('./tv/change-course.ts')).tvChangeCourse,
  'tv.options': async () => (await import('./tv/options.ts')).tvOptions,
  'tv.magazine': async () => (await import('./tv/magazine.ts')).tvMagazine,
  'tv.swap-box': async () => (await import('./tv/swap-box.ts')).tvSwapBox,
  'video.apply-box': async () => (await import('./tv/apply-video-box.ts')).videoApplyBox,
  'home.apply': async () => (await import('./home/apply.ts')).homeApply,
  'home.add-devices': async () => (await import('./home/add-devices.ts')).homeAddDevices,
  'push.apply': async () => (await import('./home/apply-push.ts')).pushApply,
  'mobile.apply': async () => (await import('./mobile/apply.ts')).mobileApply,
  'mobile.change-data': async () => (await import('./mobile/change-data.ts')).mobileChangeData,
  'mobile.activate-mnp': async () => (await import('./mobile/activate-mnp.ts')).mobileActivateMnp,
  'mobile.usage': async () => (await import('./mobile/usage.ts')).mobileUsage,
  'energy.apply': async () => (await import('./energy/apply.ts')).energyApply,
  'customer.change-contact': async () => (await import('./account/change-contact.ts')).customerChangeContact,
  'nhk.apply': async () => (await import('./other/apply-nhk.ts')).nhkApply,
} satisfies Record<string, () => Promise<Procedure>>;

export type ProcedureId = keyof typeof loaders;

export const PROCEDURE_IDS = Object.keys(loaders).filter(isProcedureId);

export function isProcedureId(id: string): id is ProcedureId {
  return Object.hasOwn(loaders, id);
}

export function loadProcedure(id: ProcedureId): Promise<Procedure> {
  return loaders[id]();
}
