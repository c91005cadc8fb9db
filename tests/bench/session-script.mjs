/** Runs in the page, so that no round trip to a test program stands between two presses. Uses nothing from outside. */
export async function runSessions({ sessions, loginId, password, texts, home, contracts }) {
  const STUCK_MS = 20_000;
  const until = (what, find) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = find();
        if (found === undefined) return false;
        observer.disconnect();
        clearTimeout(stuck);
        resolve(found);
        return true;
      };
      const observer = new MutationObserver(look);
      const stuck = setTimeout(() => {
        observer.disconnect();
        reject(new Error(`not on the screen: ${what}`));
      }, STUCK_MS);
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      look();
    });
  const heading = (text) =>
    until(text, () => (document.querySelector('h1')?.textContent.includes(text) ? true : undefined));
  const press = async (name) => {
    const button = await until(name, () =>
      [...document.querySelectorAll('button')].findLast(
        (one) => !one.disabled && one.textContent.trim().startsWith(name) && one.getClientRects().length > 0,
      ),
    );
    button.click();
  };
  const type = async (field, text) => {
    const input = await until(field, () => document.querySelector(`input[name="${field}"]`) ?? undefined);
    // As a person's typing does it: React hears of the value only through the element's own setter.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  for (let done = 0; done < sessions; done += 1) {
    await press(texts.begin);
    await type('loginId', loginId);
    await type('password', password);
    await press(texts.signIn);
    await heading(home);
    location.hash = '#/contracts';
    await heading(contracts);
    location.hash = '#/procedures/internet.change-course';
    await until('radio', () => document.querySelector('[role="radiogroup"]') ?? undefined);
    location.hash = '#/';
    await press(texts.finish);
  }
}
