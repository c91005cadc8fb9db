/**
 * Edits as a physical keyboard would: at the caret, over the selection, through the input event that React listens to.
 * So the state that holds the value has one way in.
 */
export function insertText(input: HTMLInputElement, text: string): void {
  replace(input, text, selectionStart(input), selectionEnd(input), 'insertText');
}

export function deleteBackward(input: HTMLInputElement): void {
  const start = selectionStart(input);
  const end = selectionEnd(input);
  const from = start === end ? start - lengthOfLastCharacter(input.value.slice(0, start)) : start;
  if (from === end) return;
  replace(input, '', from, end, 'deleteContentBackward');
}

/** Another character in place of the one before the caret. */
export function changeBefore(input: HTMLInputElement, change: (character: string) => string): void {
  const at = selectionStart(input);
  const from = at - lengthOfLastCharacter(input.value.slice(0, at));
  const character = input.value.slice(from, at);
  const changed = change(character);
  if (changed !== character) replace(input, changed, from, at, 'insertReplacementText');
}

export function clearInput(input: HTMLInputElement): void {
  replace(input, '', 0, input.value.length, 'deleteContent');
}

function replace(input: HTMLInputElement, text: string, start: number, end: number, inputType: string): void {
  input.setRangeText(text, start, end, 'end');
  input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType, data: text }));
}

const selectionStart = (input: HTMLInputElement): number => input.selectionStart ?? input.value.length;
const selectionEnd = (input: HTMLInputElement): number => input.selectionEnd ?? input.value.length;
const lengthOfLastCharacter = (text: string): number => Array.from(text).at(-1)?.length ?? 0;
