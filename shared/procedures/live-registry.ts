import { accessAccountChangePassword } from './account/change-access-password.ts';
import { accountChangeId } from './account/change-id.ts';
import { accountRecoverId } from './account/recover-id.ts';
import { accountRegister } from './account/register.ts';
import { accountResetPassword } from './account/reset-password.ts';
import { accountChangePassword } from './account/change-password.ts';
import { accessAccountReissuePassword } from './account/reissue-access-password.ts';
import { videoReissuePassword } from './account/reissue-video-password.ts';
import { customerView } from './account/view-customer.ts';
import { videoManage } from './tv/manage-video.ts';
import { videoView } from './tv/view-video.ts';
import type { LiveProcedure } from './live-procedure.ts';

/** Every live procedure of this release. They are a few lines each, and loaded together. */
const procedures = {
  'account.register': accountRegister,
  'account.reset-password': accountResetPassword,
  'account.recover-id': accountRecoverId,
  'customer.view': customerView,
  'account.change-id': accountChangeId,
  'account.change-password': accountChangePassword,
  'access-account.change-password': accessAccountChangePassword,
  'access-account.reissue-password': accessAccountReissuePassword,
  'video.view': videoView,
  'video.manage': videoManage,
  'video.reissue-password': videoReissuePassword,
} satisfies Record<string, LiveProcedure>;

export type LiveProcedureId = keyof typeof procedures;

export const LIVE_PROCEDURE_IDS = Object.keys(procedures).filter(isLiveProcedureId);

export function isLiveProcedureId(id: string): id is LiveProcedureId {
  return Object.hasOwn(procedures, id);
}

export function liveProcedure(id: LiveProcedureId): LiveProcedure {
  return procedures[id];
}
