/**
 * Runs in the page: from then on scripts there can wait and press without a round trip to a test program between two
 * presses. Uses nothing from outside.
 */
export function giveHands() {
  const STUCK_MS = 20_000;
  const until = (what, find) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        observer.disconnect();
        clearTimeout(stuck);
        resolve(found);
      };
      // In a task of its own: what looking costs, layout above all, is no part of the page's own task, and no hand
      // presses twice within one.
      let isDue = false;
      const lookSoon = () => {
        if (isDue) return;
        isDue = true;
        setTimeout(() => {
          isDue = false;
          look();
        });
      };
      const observer = new MutationObserver(lookSoon);
      const stuck = setTimeout(() => {
        observer.disconnect();
        reject(new Error(`not on the screen: ${what}; but ${document.body.innerText}`));
      }, STUCK_MS);
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      lookSoon();
    });
  const heading = (text) =>
    until(text, () => (document.querySelector('h1')?.textContent.includes(text) ? true : undefined));
  const press = async (name) => {
    const button = await until(name, () =>
      [...document.querySelectorAll('button')].findLast(
        (one) =>
          !one.disabled &&
          one.closest('[inert]') === null &&
          one.textContent.trim().startsWith(name) &&
          one.getClientRects().length > 0,
      ),
    );
    button.click();
  };
  globalThis.hands = { until, heading, press };
}
