// By its name: the rest of the file has no place in a built program.
import { version } from '../../package.json';

/** Of the terminal's program. */
export const VERSION: string = version;
