import { describe, expect, it } from 'vitest';
import { parseRoute } from './route.ts';

describe('routes', () => {
  it.each([
    ['', { kind: 'home' }],
    ['#', { kind: 'home' }],
    ['#/', { kind: 'home' }],
    ['#/sign-in', { kind: 'sign-in' }],
    ['#/contracts', { kind: 'contracts' }],
    ['#/procedures/internet.change-course', { kind: 'procedure', id: 'internet.change-course' }],
    ['#/procedures/plan.recommended', { kind: 'procedure', id: 'plan.recommended' }],
    ['#/procedures/no.such', { kind: 'unknown' }],
    ['#/procedures', { kind: 'unknown' }],
    ['#/procedures/toString', { kind: 'unknown' }],
    ['#/procedures/plan.recommended/more', { kind: 'unknown' }],
    ['#/elsewhere', { kind: 'unknown' }],
    ['#/staff', { kind: 'staff', page: 'desk' }],
    ['#/staff/queue', { kind: 'staff', page: 'queue' }],
    ['#/staff/devices', { kind: 'staff', page: 'devices' }],
    ['#/staff/close-day', { kind: 'staff', page: 'close-day' }],
    ['#/staff/no-such', { kind: 'unknown' }],
    ['#/staff/queue/more', { kind: 'unknown' }],
  ])('%s', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });
});
