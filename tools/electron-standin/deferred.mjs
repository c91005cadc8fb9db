/** `Promise.withResolvers` isn't in every Node that runs this. Whoever awaits it late still learns of a failure. */
export function deferred() {
  let settle;
  const promise = new Promise((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => undefined);
  return { promise, ...settle };
}
