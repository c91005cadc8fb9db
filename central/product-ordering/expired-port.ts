import type { OrderItem } from '../../shared/central-api/product-order.ts';
import type { BusinessDate } from '../../shared/domain/business-time.ts';
import { characteristicsFrom } from '../../shared/domain/characteristics.ts';
import { isReservationOver } from '../../shared/domain/mobile/port-reservation.ts';

/** Whether a number is to be brought along that the other carrier doesn't give away any more. */
export function hasExpiredPort(items: readonly OrderItem[], today: BusinessDate): boolean {
  return items.some(({ action, product }) => {
    const expiresOn = characteristicsFrom(product?.productCharacteristic ?? [])?.portExpiresOn;
    return action === 'add' && expiresOn !== undefined && isReservationOver(expiresOn, today);
  });
}
