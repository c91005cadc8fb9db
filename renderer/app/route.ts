import { useSyncExternalStore } from 'react';
import { isLiveProcedureId, type LiveProcedureId } from '../../shared/procedures/live-registry.ts';
import { isProcedureId, type ProcedureId } from '../../shared/procedures/registry.ts';

/** Staff's own screens; `desk` is where they find a customer. */
export type StaffPage = 'desk' | 'queue' | 'devices' | 'close-day';

const STAFF_PAGES: ReadonlyMap<string | undefined, StaffPage> = new Map([
  [undefined, 'desk'],
  ['queue', 'queue'],
  ['devices', 'devices'],
  ['close-day', 'close-day'],
]);

/** Where the page is, from what follows `#` in its address. */
export type Route =
  | { readonly kind: 'home' }
  | { readonly kind: 'sign-in' }
  /** Where a one-time password is redeemed. */
  | { readonly kind: 'one-time' }
  /** What was kept for later, by the number on its slip; null: it is still to be typed. */
  | { readonly kind: 'drafts'; readonly number: string | null }
  | { readonly kind: 'contracts' }
  | { readonly kind: 'history' }
  | { readonly kind: 'procedure'; readonly id: ProcedureId | LiveProcedureId }
  | { readonly kind: 'staff'; readonly page: StaffPage }
  | { readonly kind: 'unknown' };

export function parseRoute(hash: string): Route {
  const [first = '', second, ...rest] = hash.replace(/^#?\/?/, '').split('/');
  if (first === 'staff') {
    const page = rest.length === 0 ? STAFF_PAGES.get(second) : undefined;
    return page === undefined ? { kind: 'unknown' } : { kind: 'staff', page };
  }
  if (first === 'procedures') {
    return second !== undefined && rest.length === 0 && (isProcedureId(second) || isLiveProcedureId(second))
      ? { kind: 'procedure', id: second }
      : { kind: 'unknown' };
  }
  if (first === 'drafts' && rest.length === 0) return { kind: 'drafts', number: second ?? null };
  if (second !== undefined) return { kind: 'unknown' };
  if (first === '') return { kind: 'home' };
  if (first === 'one-time' || first === 'sign-in' || first === 'contracts' || first === 'history')
    return { kind: first };
  return { kind: 'unknown' };
}

export const HOME = '#/';
export const SIGN_IN = '#/sign-in';
export const ONE_TIME = '#/one-time';
export const DRAFTS = '#/drafts';
export const draftHash = (number: string): string => `${DRAFTS}/${number}`;
export const CONTRACTS = '#/contracts';
export const HISTORY = '#/history';
const STAFF_HASHES: Readonly<Record<StaffPage, string>> = {
  desk: '#/staff',
  queue: '#/staff/queue',
  devices: '#/staff/devices',
  'close-day': '#/staff/close-day',
};
export const staffHash = (page: StaffPage): string => STAFF_HASHES[page];
export const procedureHash = (id: ProcedureId | LiveProcedureId): string => `#/procedures/${id}`;

export function go(hash: string): void {
  location.hash = hash;
}

/** Leaves no way back to where the page was. */
export function goInstead(hash: string): void {
  location.replace(hash);
}

/** In place of the page that led there. */
export function openProcedure(id: ProcedureId): void {
  goInstead(procedureHash(id));
}

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

export function useHash(): string {
  return useSyncExternalStore(
    subscribe,
    () => location.hash,
    () => HOME,
  );
}
