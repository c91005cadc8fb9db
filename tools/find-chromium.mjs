import { findProgram } from './project.mjs';

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

export const findChromium = () => findProgram(...CHROMIUM_NAMES);
