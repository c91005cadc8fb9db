import type { Connectivity } from '../central/connectivity.ts';

/** Connected throughout: nothing but a timer asks again. */
export const alwaysReachable: Connectivity = {
  state: () => 'reachable',
  suspect: () => Promise.resolve('reachable'),
  onChange: () => () => undefined,
  stop: () => undefined,
};
