import { type RefObject, useEffect, useRef, useState } from 'react';
import { showFirstWrong } from '../kit/index.ts';

/** On a long page the first thing that keeps 次へ from leading on may be out of sight. */
export function useFirstWrong(): { readonly form: RefObject<HTMLDivElement | null>; readonly show: () => void } {
  const form = useRef<HTMLDivElement>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    // Only what was drawn since says what is wrong.
    if (tries > 0 && form.current) showFirstWrong(form.current);
  }, [tries]);
  return { form, show: () => setTries((before) => before + 1) };
}
