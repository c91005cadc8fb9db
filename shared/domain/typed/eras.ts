import erasFile from './eras.json' with { type: 'json' };

/** First and last day of each era that somebody alive may have been born in. Apart, so that keys need no calendar. */
export const { eras: ERAS } = erasFile;
/** The year in which an era begins, and what stands after a year, a month and a day. */
export const { firstYear: FIRST_YEAR, parts: DATE_PARTS } = erasFile;
