import type { TFunction } from 'i18next';
import type { Language } from '../../shared/domain/language.ts';
import { createI18n } from '../../shared/locales/create-i18n.ts';
import enFleet from '../../shared/locales/en/fleet.json' with { type: 'json' };
import jaFleet from '../../shared/locales/ja/fleet.json' with { type: 'json' };
import koFleet from '../../shared/locales/ko/fleet.json' with { type: 'json' };
import zhFleet from '../../shared/locales/zh/fleet.json' with { type: 'json' };

const TEXTS = { ja: jaFleet, en: enFleet, zh: zhFleet, ko: koFleet } satisfies Record<Language, object>;

export const fleetTexts = (language: Language): TFunction => createI18n(language, { fleet: TEXTS[language] }).t;
