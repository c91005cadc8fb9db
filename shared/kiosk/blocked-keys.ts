/** A key as both a DOM KeyboardEvent and Electron's Input know it. */
export interface PressedKey {
  /** As KeyboardEvent.key. */
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
  readonly shift: boolean;
}

/** With Ctrl (Cmd): what editing a text needs. Everything else there is a browser's or a system's command. */
const EDITING = new Set(['a', 'c', 'v', 'x', 'y', 'z']);
const EDITING_WITH_SHIFT = new Set(['z']);
const CARET = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Backspace', 'Delete']);
/** The keys by themselves, before anything is pressed with them. */
const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'CapsLock']);
/**
 * By themselves: menus, help, printing, and the extra keys of office keyboards. F2, F4, F8 and F9 mean nothing to a
 * browser and are the page's.
 */
const COMMANDS =
  /^(F[13567]|F[12]\d|ContextMenu|Help|Print|PrintScreen|Find|Open|Save|Close|New|Browser\w+|Launch\w+|Zoom\w+)$/;

/**
 * Whether a key leaves the kiosk's page or changes what is around it. While an input method composes, keys are called
 * `Process` and pass, so that F6 to F10 still convert kana.
 */
export function isBlockedKey({ key, control, alt, meta, shift }: PressedKey): boolean {
  if (MODIFIERS.has(key)) return false;
  if (alt) return true;
  if (control || meta) {
    const letters = shift ? EDITING_WITH_SHIFT : EDITING;
    return !letters.has(key.toLowerCase()) && !CARET.has(key);
  }
  return COMMANDS.test(key);
}
