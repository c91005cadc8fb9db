/** Ends an exhaustive switch: the compiler objects as soon as a case is missing. */
export function cantHappen(value: never): never {
  throw new Error(`cannot happen: ${JSON.stringify(value)}`);
}
