import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import type { ReprintDesk } from '../../reprint/reprint-desk.ts';

export function reprintRoutes({ reprints }: { reprints: ReprintDesk }) {
  const os = implement(contract.reprint);
  return os.router({
    print: os.print.handler(async ({ input, errors }) => {
      const printed = await reprints.print(input.staffSessionId, input.applicationId);
      if (printed.ok) return printed.value;
      switch (printed.error.code) {
        case 'gone':
          throw errors.STAFF_GONE();
        case 'away':
          throw errors.STAFF_AWAY();
        case 'unknown':
          throw errors.UNKNOWN_APPLICATION();
        case 'needs-central':
          throw errors.NEEDS_CENTRAL();
        case 'not-readable':
          throw errors.NOT_READABLE();
        default:
          return cantHappen(printed.error.code);
      }
    }),
  });
}
