import { runHost } from './run-host.ts';

void runHost({ args: process.argv.slice(2), programDir: import.meta.dirname, dock: null });
