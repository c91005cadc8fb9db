// First: before any schema is made.
import './zod-without-eval.ts';
import './app/start.tsx';
