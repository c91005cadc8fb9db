import { z } from 'zod';

// Before any schema is made: zod tries eval otherwise, which the page's policy forbids.
z.config({ jitless: true });

await import('./app/start.tsx');

export {};
