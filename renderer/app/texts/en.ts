/** One file in the build: the texts of a language are wanted together, but for those of central's own pages and mails. */
export const files = import.meta.glob<object>(
  [
    '../../../shared/locales/en/*.json',
    '!../../../shared/locales/en/{account-mails,codes,fleet,mails,one-time-page,phone-page,service,shop}.json',
  ],
  { import: 'default', eager: true },
);
