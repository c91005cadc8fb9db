/** Once the greeting that came drawn with the page is seen: the page's own script takes longer than a frame. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    new PerformanceObserver((list, observer) => {
      if (list.getEntriesByName('first-contentful-paint').length === 0) return;
      observer.disconnect();
      resolve();
    }).observe({ type: 'paint', buffered: true });
    // A window that nobody sees is never painted.
    setTimeout(resolve, 500);
  });
}

/** Where the build has put the page's script and the texts that it begins with (`tools/page/script-after-paint.ts`). */
const { pageScript, pageTexts } = document.querySelector<HTMLScriptElement>('script[data-page-script]')?.dataset ?? {};
if (pageScript === undefined || pageTexts === undefined) throw new Error('the page names no script');

await painted();
// The script asks for its texts only once it has run: fetched beside it, they are there by then.
const texts = document.createElement('link');
Object.assign(texts, { rel: 'modulepreload', crossOrigin: '', href: pageTexts });
document.head.append(texts);
await import(/* @vite-ignore */ new URL(pageScript, document.baseURI).href);

export {};
