/** RFC 7396 for the first level of a resource: null takes a member away, anything else takes its place. */
export function mergePatch(
  resource: Readonly<Record<string, unknown>>,
  patch: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...resource, ...patch }).filter(([, value]) => value !== null));
}
