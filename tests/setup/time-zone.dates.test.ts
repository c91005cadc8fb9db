import { expect, it } from 'vitest';

it('runs under the time zone that its project asks for', () => {
  const zone = process.env['TZ'];
  expect(zone).toBeDefined();
  expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
  expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(zone === 'Asia/Tokyo' ? -540 : 480);
});
