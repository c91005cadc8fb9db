import { z } from 'zod';

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])$/;
export const isLoopback = ({ hostname }: { readonly hostname: string }): boolean => LOOPBACK.test(hostname);

/** What goes to central names customers: never in the clear over a network. */
export const centralAddressSchema = z.union([
  z.url({ protocol: /^https$/ }),
  z.url({ protocol: /^http$/, hostname: LOOPBACK }),
]);
