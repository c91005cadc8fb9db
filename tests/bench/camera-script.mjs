/**
 * Runs in the page, before anything of its own: keeps when its worker answered, picture by picture, and each of the page's
 * tasks that took long.
 */
export function watchThreads() {
  const pictures = [];
  const tasks = [];
  const Thread = globalThis.Worker;
  globalThis.Worker = class extends Thread {
    #isAtRest = true;
    constructor(...how) {
      super(...how);
      this.addEventListener('message', () => pictures.at(-1)?.push(performance.now()));
    }
    postMessage(question, moved) {
      const isAtRest = question === 'forget';
      if (this.#isAtRest && !isAtRest) pictures.push([]);
      this.#isAtRest = isAtRest;
      super.postMessage(question, moved);
    }
  };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: 'longtask' });
  globalThis.takeWatched = () => ({
    pictures: pictures.splice(0),
    tasks: tasks.splice(0),
    failure: globalThis.pictureFailure,
  });
}

/**
 * Runs in the page, with its hands: both sides of a document, again and again, each as soon as the camera takes it. The
 * page has that title when it is over.
 */
export async function takePictures({ documents, texts, title }) {
  const { until, heading, press } = globalThis.hands;
  clearInterval(globalThis.titling);
  globalThis.pictureFailure = null;
  try {
    for (let done = 0; done < documents; done += 1) {
      // Somebody is there.
      dispatchEvent(new Event('wheel'));
      await press((await until('camera', begun)).name);
      await heading(texts.choose);
      (await until(texts.document, card)).click();
      await press(texts.agree);
      for (const side of texts.sides) {
        await until(side, says(side));
        await press(texts.use);
      }
      // Nobody stands before it.
      if ((await until(texts.skip, () => says(texts.skip)() ?? isReady())) !== 'ready') await press(texts.skip);
      await until(texts.ready, isReady);
    }
  } catch (error) {
    // Nobody may be there to hear of it.
    globalThis.pictureFailure = error.message;
    throw error;
  } finally {
    // A screen that comes after that has a title of its own.
    globalThis.titling = setInterval(() => {
      document.title = title;
    }, 100);
  }
  function isReady() {
    return says(texts.ready)() === undefined ? undefined : 'ready';
  }
  function says(text) {
    return () => (document.body.textContent.includes(text) ? true : undefined);
  }
  function begun() {
    const names = [...document.querySelectorAll('button')].map(({ textContent }) => textContent.trim());
    const name = [texts.anew, texts.begin].find((one) => names.includes(one));
    return name === undefined ? undefined : { name };
  }
  function card() {
    return [...document.querySelectorAll('label')].find(({ textContent }) => textContent.includes(texts.document));
  }
}
