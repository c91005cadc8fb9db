import { ArrowBigUp, Check, Delete, Eraser } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import './on-screen-keyboard.css';

export type KeyboardLabels = { keyboard: string; shift: string; backspace: string; clear: string; done: string };

export type OnScreenKeyboardProps = {
  labels: KeyboardLabels;
  layout: 'latin' | 'digits';
  onText: (text: string) => void;
  onBackspace: () => void;
  onClear: () => void;
  onDone: () => void;
};

type Key =
  | { kind: 'text'; text: string }
  | { kind: 'shift' }
  | { kind: 'backspace' }
  | { kind: 'clear' }
  | { kind: 'done' };

const texts = (characters: string): Key[] => Array.from(characters, (text) => ({ kind: 'text', text }));

const LATIN: readonly (readonly Key[])[] = [
  texts('1234567890'),
  texts('qwertyuiop'),
  texts('asdfghjkl'),
  [{ kind: 'shift' }, ...texts('zxcvbnm'), { kind: 'backspace' }],
  texts('@._-%+/:=^'),
  [{ kind: 'clear' }, { kind: 'done' }],
];

const DIGITS: readonly (readonly Key[])[] = [
  texts('123'),
  texts('456'),
  texts('789'),
  [{ kind: 'backspace' }, ...texts('0'), { kind: 'clear' }],
  [{ kind: 'done' }],
];

export function OnScreenKeyboard({ labels, layout, onText, onBackspace, onClear, onDone }: OnScreenKeyboardProps) {
  const [isShifted, setShifted] = useState(false);
  const act = (key: Key): void => {
    switch (key.kind) {
      case 'text':
        onText(isShifted ? key.text.toUpperCase() : key.text);
        setShifted(false);
        return;
      case 'shift':
        setShifted(!isShifted);
        return;
      case 'backspace':
        onBackspace();
        return;
      case 'clear':
        onClear();
        return;
      case 'done':
        onDone();
        return;
      default:
        cantHappen(key);
    }
  };
  return (
    <section className={`kit-keyboard kit-keyboard--${layout}`} aria-label={labels.keyboard}>
      {(layout === 'latin' ? LATIN : DIGITS).map((row) => (
        <div className="kit-keyboard__row" key={row.map(keyName).join('')}>
          {row.map((key) => (
            <KeyButton key={keyName(key)} definition={key} isShifted={isShifted} onAct={() => act(key)}>
              <KeyFace definition={key} isShifted={isShifted} labels={labels} />
            </KeyButton>
          ))}
        </div>
      ))}
    </section>
  );
}

const keyName = (key: Key): string => (key.kind === 'text' ? key.text : key.kind);

type KeyButtonProps = { definition: Key; isShifted: boolean; onAct: () => void; children: ReactNode };

/**
 * Acts on touch down, as a key does, so that fast typing loses nothing. A click without a pointer (detail 0) comes from
 * a screen reader. The focus, and with it the caret, stays in the field.
 */
function KeyButton({ definition, isShifted, onAct, children }: KeyButtonProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`kit-key kit-key--${definition.kind}`}
      onMouseDown={(event) => event.preventDefault()}
      onPointerDown={(event) => (event.button === 0 ? onAct() : undefined)}
      onClick={(event) => (event.detail === 0 ? onAct() : undefined)}
      {...(definition.kind === 'shift' ? { 'aria-pressed': isShifted } : {})}
    >
      {children}
    </button>
  );
}

type KeyFaceProps = { definition: Key; isShifted: boolean; labels: KeyboardLabels };

function KeyFace({ definition, isShifted, labels }: KeyFaceProps) {
  switch (definition.kind) {
    case 'text':
      return isShifted ? definition.text.toUpperCase() : definition.text;
    case 'shift':
      return <WordKey icon={<ArrowBigUp />} word={labels.shift} />;
    case 'backspace':
      return <WordKey icon={<Delete />} word={labels.backspace} />;
    case 'clear':
      return <WordKey icon={<Eraser />} word={labels.clear} />;
    case 'done':
      return <WordKey icon={<Check />} word={labels.done} />;
    default:
      return cantHappen(definition);
  }
}

function WordKey({ icon, word }: { icon: ReactNode; word: string }) {
  return (
    <span className="kit-key__words">
      <span aria-hidden="true">{icon}</span>
      <span>{word}</span>
    </span>
  );
}
