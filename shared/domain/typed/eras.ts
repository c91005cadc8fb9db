import erasFile from './eras.json' with { type: 'json' };

/** First and last day of each era that somebody alive may have been born in. Apart, so that keys need no calendar. */
export const { eras: ERAS } = erasFile;
