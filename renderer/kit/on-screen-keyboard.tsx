import { ArrowBigUp, Check, Delete, Eraser } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { KanaMark } from '../../shared/domain/typed/kana.ts';
import { type Key, type KeyLayout, LAYOUTS } from './key-layouts.ts';
import './on-screen-keyboard.css';

export type KeyboardLabels = {
  keyboard: string;
  shift: string;
  backspace: string;
  clear: string;
  done: string;
  marks: Readonly<Record<KanaMark, string>>;
  /** To the letters or the kana. */
  switches: Readonly<Record<'kana' | 'kana-latin', string>>;
};

export type OnScreenKeyboardProps = {
  labels: KeyboardLabels;
  layout: KeyLayout;
  onText: (text: string) => void;
  onMark: (mark: KanaMark) => void;
  onBackspace: () => void;
  onClear: () => void;
  onDone: () => void;
};

export function OnScreenKeyboard(props: OnScreenKeyboardProps) {
  const { labels, onText, onMark, onBackspace, onClear, onDone } = props;
  const [layout, setLayout] = useState(props.layout);
  const [isShifted, setShifted] = useState(false);
  const act = (key: Key): void => {
    switch (key.kind) {
      case 'text':
        onText(isShifted ? key.text.toUpperCase() : key.text);
        setShifted(false);
        return;
      case 'mark':
        onMark(key.mark);
        return;
      case 'switch':
        setLayout(key.to);
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
      {LAYOUTS[layout].map((row) => (
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

function keyName(key: Key): string {
  switch (key.kind) {
    case 'text':
      return key.text;
    case 'mark':
      return key.mark;
    case 'switch':
    case 'shift':
    case 'backspace':
    case 'clear':
    case 'done':
      return key.kind;
    default:
      return cantHappen(key);
  }
}

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
    case 'mark':
      return labels.marks[definition.mark];
    case 'switch':
      return <span className="kit-key__words">{labels.switches[definition.to]}</span>;
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
