import { PASSWORD_RESET_ERRORS } from '../../shared/central-api/password-resets.ts';
import type { TmfFailure } from '../http/tmf-failure.ts';

export const RESET_OVER: TmfFailure = { status: 409, code: PASSWORD_RESET_ERRORS.over, reason: 'That reset is over' };
