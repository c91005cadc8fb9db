import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { markKana } from '../../shared/domain/typed/kana.ts';
import { KEY_LAYOUTS } from './key-layouts.ts';
import { KeyboardContext } from './keyboard-context.ts';
import type { KeyboardHost } from './keyboard-context.ts';
import { changeBefore, clearInput, deleteBackward, insertText } from './keyboard-editing.ts';
import { OnScreenKeyboard } from './on-screen-keyboard.tsx';
import type { KeyboardLabels } from './on-screen-keyboard.tsx';

export type KeyboardProviderProps = { enabled: boolean; labels: KeyboardLabels; children: ReactNode };

/** Shows keys while a kit TextField has the focus. Its height is `--keyboard-height`, which pages and sheets leave free. */
export function KeyboardProvider({ enabled, labels, children }: KeyboardProviderProps) {
  const [input, setInput] = useState<HTMLInputElement | null>(null);
  const attach = useCallback((next: HTMLInputElement) => setInput(next), []);
  const afterPress = useAfterPress();
  const detach = useCallback(
    (left: HTMLInputElement) =>
      afterPress(() => setInput((now) => (now === left && document.activeElement !== left ? null : now))),
    [afterPress],
  );
  const host = useMemo<KeyboardHost>(() => ({ isEnabled: enabled, attach, detach }), [enabled, attach, detach]);
  return (
    <KeyboardContext value={host}>
      {children}
      {enabled && input ? <AttachedKeyboard key={input.name} input={input} labels={labels} /> : null}
    </KeyboardContext>
  );
}

/** After a finger is lifted, the browser takes the focus from the field and only then clicks. */
const CLICK_WITHIN_MS = 500;

/**
 * Runs a task at once, or after the press that is under way: pressing a button takes the focus from the field, and if
 * the keys went away at that moment the button would move from under the finger and the press would come to nothing.
 */
function useAfterPress(): (task: () => void) => void {
  const isPressed = useRef(false);
  const waiting = useRef<(() => void)[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const down = () => {
      clearTimeout(timer);
      isPressed.current = true;
    };
    const end = () => {
      isPressed.current = false;
      const tasks = waiting.current;
      waiting.current = [];
      for (const task of tasks) task();
    };
    const endIn = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(end, ms);
    };
    // A press that was long, or ended elsewhere, has no click.
    const up = () => endIn(CLICK_WITHIN_MS);
    // After all that hears of the click.
    const over = () => endIn(0);
    addEventListener('pointerdown', down, true);
    addEventListener('pointerup', up, true);
    addEventListener('pointercancel', over, true);
    addEventListener('click', over, true);
    return () => {
      clearTimeout(timer);
      removeEventListener('pointerdown', down, true);
      removeEventListener('pointerup', up, true);
      removeEventListener('pointercancel', over, true);
      removeEventListener('click', over, true);
    };
  }, []);
  return useCallback((task) => {
    if (isPressed.current) waiting.current.push(task);
    else task();
  }, []);
}

function AttachedKeyboard({ input, labels }: { input: HTMLInputElement; labels: KeyboardLabels }) {
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const root = document.documentElement;
    const reserve = () => {
      root.style.setProperty('--keyboard-height', `${element.offsetHeight}px`);
      input.scrollIntoView({ block: 'center' });
    };
    const observer = new ResizeObserver(reserve);
    observer.observe(element);
    root.dataset['keyboard'] = 'open';
    reserve();
    return () => {
      observer.disconnect();
      root.style.removeProperty('--keyboard-height');
      delete root.dataset['keyboard'];
    };
  }, [input]);
  return createPortal(
    // The attribute keeps the keys alive while a modal makes everything else inert.
    <div className="kit-keyboard-frame" ref={frame} data-react-aria-top-layer="true">
      <OnScreenKeyboard
        labels={labels}
        layout={KEY_LAYOUTS.find((layout) => layout === input.dataset['keys']) ?? 'latin'}
        onText={(text) => insertText(input, text)}
        onMark={(mark) => changeBefore(input, (character) => markKana(character, mark))}
        onBackspace={() => deleteBackward(input)}
        onClear={() => clearInput(input)}
        onDone={() => input.blur()}
      />
    </div>,
    document.body,
  );
}
