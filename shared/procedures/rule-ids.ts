/** Combinations that can't be applied for; their text is `rules.<rule>` in the locales. */
export const RULE_IDS = [
  'contractor-under-age',
  'katakana-name',
  'filtering-needed',
  'holder-differs',
  'nothing-changes',
  'nothing-chosen',
  'set-and-single',
  'speaker-needs-controller',
] as const;
export type RuleId = (typeof RULE_IDS)[number];
