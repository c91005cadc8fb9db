import { expect, test } from 'vitest';
import { parsePrinterAddress } from './printer-address.ts';

test('a printer on the network or behind a device file', () => {
  expect(parsePrinterAddress('tcp://192.168.0.20:9101')).toEqual({
    ok: true,
    value: { kind: 'tcp', host: '192.168.0.20', port: 9101 },
  });
  expect(parsePrinterAddress('tcp://printer.shop')).toMatchObject({ value: { host: 'printer.shop', port: 9100 } });
  expect(parsePrinterAddress('tcp://[::1]:9100')).toMatchObject({ value: { host: '::1' } });
  expect(parsePrinterAddress('/dev/usb/lp0')).toEqual({ ok: true, value: { kind: 'device', path: '/dev/usb/lp0' } });
});

test.each(['', 'printer', 'http://a:9100', 'tcp://', 'tcp://a b', 'tcp://a/b', 'dev/usb/lp0', '/'])(
  '%j is none',
  (text) => {
    expect(parsePrinterAddress(text)).toEqual({ ok: false, error: 'not-an-address' });
  },
);

test.each(['tcp://a:0', 'tcp://a:65536'])('%j has no usable port', (text) => {
  expect(parsePrinterAddress(text)).toEqual({ ok: false, error: 'bad-port' });
});
