/** Options of the command line that both shells take, as `parseArgs` wants them. */
export const TERMINAL_OPTIONS = {
  central: { type: 'string' },
  data: { type: 'string' },
  printer: { type: 'string' },
  mode: { type: 'string' },
  clock: { type: 'string' },
} as const;
