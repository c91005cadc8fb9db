/** Keeps the page where it is, for a shell that has nothing else to do so; Electron's main process sees to it itself. */
export function keepHere(): void {
  const isHere = (address: string): boolean => {
    const { origin, pathname } = new URL(address);
    return origin === location.origin && pathname === location.pathname;
  };
  navigation.addEventListener('navigate', (event) => {
    if (!isHere(event.destination.url)) event.preventDefault();
  });
  window.open = () => null;
  // A link into another window is no navigation of this one.
  const keepLink = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest('a[target]') !== null) event.preventDefault();
  };
  for (const type of ['click', 'auxclick'] as const) addEventListener(type, keepLink, { capture: true });
}
