/**
 * Begins a statement that a transaction sends with its COMMIT, wherever in it the statement was made: nobody needs its
 * result, and what it locks is locked no longer than the commit takes.
 */
export const WITH_COMMIT = '/* with the commit */';
