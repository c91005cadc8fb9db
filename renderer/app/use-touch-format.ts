import { useSyncExternalStore } from 'react';

/** The kit's touch format is the portrait one; at a counter there is a keyboard. */
const query = '(max-aspect-ratio: 0.999)';

function subscribe(changed: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}

export function useTouchFormat(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => false,
  );
}
