/** From then on a statement is kept ready by the server, which parses and plans it once for each connection. */
const OFTEN = 5;
/** Each connection keeps as many, at the most. */
const MOST = 200;
/** Lists of different lengths, and filters put together by who asks, make ever new ones. */
const MOST_SEEN = 2_000;

/**
 * Names statements that come again and again, so that the driver prepares them. One with a `*` is never named: when the
 * migrations of a later central add a column, a prepared one fails from then on.
 * @returns the statement's name; undefined: it is sent as it is
 */
export function prepareStatements(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  const seen = new Map<string, number>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size === MOST || text.includes('*')) return known;
    const times = (seen.get(text) ?? 0) + 1;
    if (times < OFTEN) {
      if (seen.size === MOST_SEEN) seen.clear();
      seen.set(text, times);
      return undefined;
    }
    const name = `s${names.size}`;
    names.set(text, name);
    seen.delete(text);
    return name;
  };
}
