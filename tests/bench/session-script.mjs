/** Runs in the page, with its hands. Uses nothing else from outside. */
export async function runSessions({ sessions, loginId, password, texts, home, contracts }) {
  const { until, heading, press } = globalThis.hands;
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
