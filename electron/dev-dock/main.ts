import { runHost } from '../browser-host/run-host.ts';
import { createDock } from './dock.ts';

/** The browser host with a dock beside it. A program of its own: neither the plain terminal nor a release holds it. */
void runHost({ args: process.argv.slice(2), programDir: import.meta.dirname, dock: createDock() });
