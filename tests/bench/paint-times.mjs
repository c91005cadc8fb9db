/**
 * Runs in the page: from then on `nextPaint()` tells how long the next touch not told of yet took, from the moment the
 * browser had it until its effect was painted. Uses nothing from outside.
 */
export function keepPaints() {
  const LATEST_MS = 10_000;
  const painting = [];
  const paints = [];
  let ask = () => undefined;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    paints.push(performance.now() - painting.shift());
    ask();
  };
  // A key acts when it is touched, not when it is let go.
  addEventListener(
    'pointerdown',
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        painting.push(timeStamp);
        // A message that is posted in a frame comes after that frame was painted.
        port2.postMessage(null);
      });
    },
    { capture: true },
  );
  globalThis.nextPaint = () =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('no paint after a touch')), LATEST_MS);
      ask = () => {
        const next = paints.shift();
        if (next === undefined) return;
        clearTimeout(late);
        ask = () => undefined;
        resolve(next);
      };
      ask();
    });
}
