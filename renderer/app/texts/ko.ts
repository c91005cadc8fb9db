/** One file in the build: the texts of a language are wanted together. */
export const files = import.meta.glob<object>('../../../shared/locales/ko/*.json', { import: 'default', eager: true });
