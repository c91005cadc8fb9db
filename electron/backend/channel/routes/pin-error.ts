import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import type { PinError } from '../../staff/check-pin.ts';

interface PinErrors {
  STAFF_REFUSED(): Error;
  THROTTLED(options: { data: { retryAfterSeconds: number } }): Error;
  NOT_KNOWN_HERE(): Error;
}

export function pinError(errors: PinErrors, error: PinError): Error {
  switch (error.code) {
    case 'refused':
      return errors.STAFF_REFUSED();
    case 'throttled':
      return errors.THROTTLED({ data: { retryAfterSeconds: error.retryAfterSeconds } });
    case 'not-known-here':
      return errors.NOT_KNOWN_HERE();
    default:
      return cantHappen(error);
  }
}
