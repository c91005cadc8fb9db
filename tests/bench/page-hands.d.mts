/** Runs in the page, before a script that uses its hands. */
export function giveHands(): void;
