// The package undici answers every later `fetch` of a process in which Node's own hasn't been used before: which of the
// two a test got went by what ran before it. They differ, in wrong headers for example.
await fetch('data:,');

export {};
