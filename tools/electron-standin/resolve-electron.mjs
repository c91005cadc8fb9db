const STAND_IN = new URL('./module.mjs', import.meta.url).href;

/** Node's loader asks this for every import: `electron` is ours. */
export function resolve(specifier, context, next) {
  if (specifier === 'original-fs') return next('node:fs', context);
  if (specifier !== 'electron' && specifier !== 'electron/main') return next(specifier, context);
  return { url: STAND_IN, format: 'module', shortCircuit: true };
}
