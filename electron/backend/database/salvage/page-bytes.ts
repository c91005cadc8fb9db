/** SQLite's own size; the terminal never asks for another. */
export const PAGE_BYTES = 4096;
