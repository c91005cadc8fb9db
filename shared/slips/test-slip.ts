import type { TFunction } from 'i18next';
import { businessDate, businessTimeOfDay } from '../domain/business-time.ts';
import type { Slip } from './slip.ts';

/** What a printer may get wrong, one line each, with nothing of anybody on it. */
export function testSlip(input: {
  readonly terminal: { readonly code: string; readonly shopName: string | null; readonly version: string };
  /** Epoch ms, business clock. */
  readonly printedAt: number;
  readonly t: TFunction;
}): Slip {
  const { terminal, printedAt, t } = input;
  const printedOn = `${businessDate(printedAt)} ${businessTimeOfDay(printedAt)}`;
  const facts = [
    ...(terminal.shopName === null ? [] : [[t('devices:terminal.shop'), terminal.shopName] as const]),
    [t('devices:terminal.code'), terminal.code],
    [t('devices:terminal.version'), terminal.version],
    [t('devices:slip.printed-at'), printedOn],
  ] as const;
  return {
    blocks: [
      { kind: 'stamp', text: t('devices:slip.stamp') },
      { kind: 'title', text: t('devices:slip.title') },
      ...facts.map(([label, value]) => ({ kind: 'row', label, value, strong: false }) as const),
      { kind: 'rule' },
      { kind: 'heading', text: t('devices:slip.names') },
      { kind: 'text', text: t('devices:slip.sample.names') },
      { kind: 'heading', text: t('devices:slip.underline') },
      { kind: 'underlined', text: t('devices:slip.sample.underline') },
      { kind: 'underlined', text: t('devices:slip.sample.names') },
      { kind: 'heading', text: t('devices:slip.languages') },
      { kind: 'text', text: t('devices:slip.sample.zh') },
      { kind: 'text', text: t('devices:slip.sample.ko') },
      { kind: 'heading', text: t('devices:slip.edges') },
      { kind: 'row', label: t('devices:slip.sample.left'), value: t('devices:slip.sample.right'), strong: true },
      { kind: 'rule' },
      { kind: 'number', label: t('devices:slip.number'), value: t('devices:slip.sample.number') },
      { kind: 'qr', payload: `MADOGUCHI ${terminal.code} ${printedOn}`, caption: t('devices:slip.qr') },
    ],
  };
}
