type Members = Readonly<Record<string, unknown>>;

/** RFC 7396: null takes a member away, an object is merged into it, anything else takes its place. */
export function mergePatch(resource: Members, patch: Members): Record<string, unknown> {
  const merged = Object.entries(patch).map(([key, value]) => [key, mergeValue(resource[key], value)] as const);
  return Object.fromEntries(Object.entries({ ...resource, ...Object.fromEntries(merged) }).filter(isThere));
}

function mergeValue(before: unknown, patch: unknown): unknown {
  return isMembers(patch) ? mergePatch(isMembers(before) ? before : {}, patch) : patch;
}

const isThere = ([, value]: readonly [string, unknown]): boolean => value !== null;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
