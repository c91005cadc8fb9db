import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Catalog, catalogSchema } from '../../shared/domain/catalog.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { errorText, type StartFailure } from '../start-failure.ts';
import { lineOfOffset, lineOfPath } from './json-line.ts';

const CATALOG = join('resources', 'catalog', 'catalog.json');

/** The catalog that comes with the program, whether it runs from its sources or built. @param from a folder of the program */
export function shippedCatalogPath(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, CATALOG);
    if (existsSync(candidate) || folder === dirname(folder)) return candidate;
  }
}

/** A catalog that does not validate is refused with the place of its first mistake: `file:line: what`. */
export function loadCatalog(path: string): Result<Catalog, StartFailure> {
  const refuse = (line: number | null, what: string): Result<Catalog, StartFailure> =>
    err({ code: 'catalog', message: `${path}${line === null ? '' : `:${line}`}: ${what}` });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return refuse(null, errorText(error));
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec(errorText(error))?.[1];
    return refuse(position === undefined ? null : lineOfOffset(text, Number(position)), errorText(error));
  }
  const parsed = catalogSchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const where = issue?.path ?? [];
  return refuse(lineOfPath(text, where), `${where.join('.')}: ${issue?.message ?? 'invalid'}`);
}
