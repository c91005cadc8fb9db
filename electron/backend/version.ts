import packageFile from '../../package.json' with { type: 'json' };

/** Of the terminal's program. */
export const VERSION: string = packageFile.version;
