/** What a feed says of an update, with the operator's signature. */
export declare function signUpdate<Info extends { version: string; files: readonly { url: string; sha512: string }[] }>(
  info: Info,
  privateKey: string,
): Info & { signature: string };
