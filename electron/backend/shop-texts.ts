import type { TFunction } from 'i18next';
import { createI18n } from '../../shared/locales/create-i18n.ts';
import closeDay from '../../shared/locales/ja/close-day.json';
import devices from '../../shared/locales/ja/devices.json';
import procedures from '../../shared/locales/ja/procedures.json';

let made: TFunction | null = null;

/** What is put on paper for the shop itself is in Japanese, whatever language its screen is in. */
export function shopTexts(): TFunction {
  made ??= createI18n('ja', { 'close-day': closeDay, devices, procedures }).t;
  return made;
}
