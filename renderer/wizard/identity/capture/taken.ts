import type { Taken } from '../../../../shared/contract/captures.ts';
import {
  type DocumentRule,
  type IdentifiedPerson,
  isComparedWithFront,
  picturesOf,
} from '../../../../shared/domain/identity-policy.ts';

/** The document of which every picture is there; undefined: none yet. */
export function photographed(
  person: IdentifiedPerson,
  documents: readonly DocumentRule[],
  taken: readonly Taken[],
): DocumentRule | undefined {
  const own = taken.map(({ shows }) => shows).filter((shows) => shows.person === person);
  return documents.find((rule) =>
    picturesOf(rule).every((side) => own.some((shows) => shows.document === rule.document && shows.side === side)),
  );
}

export function isPhotographed(...of: Parameters<typeof photographed>): boolean {
  return photographed(...of) !== undefined;
}

/** One picture of each kind, of one document of that person, as the terminal keeps them. */
export function withTaken(taken: readonly Taken[], one: Taken): Taken[] {
  const { person, document, side } = one.shows;
  const others = taken.filter(
    ({ shows }) =>
      shows.person !== person ||
      (shows.document === document && shows.side !== side && !(side === 'front' && isComparedWithFront(shows.side))),
  );
  return [...others, one];
}
