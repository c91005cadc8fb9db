import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import type { StaffError } from '../../staff/ask-central.ts';

export interface StaffErrors {
  STAFF_GONE(): Error;
  STAFF_AWAY(): Error;
  CENTRAL_UNREACHABLE(): Error;
}

export function staffError(errors: StaffErrors, error: StaffError): Error {
  switch (error.code) {
    case 'gone':
      return errors.STAFF_GONE();
    case 'away':
      return errors.STAFF_AWAY();
    case 'unreachable':
      return errors.CENTRAL_UNREACHABLE();
    default:
      return cantHappen(error.code);
  }
}
