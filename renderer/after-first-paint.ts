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

/** Named and already fetched by the page (`tools/page/script-after-paint.ts`). */
const script = document.querySelector<HTMLLinkElement>('link[data-page-script]');
if (script === null) throw new Error('the page names no script');
void painted().then(() => import(/* @vite-ignore */ script.href));

export {};
