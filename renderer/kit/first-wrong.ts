const FIELD = '.kit-text-field, [role="radiogroup"], [role="group"], fieldset';
/** Of several in one field, what is still to be answered comes first. */
const CONTROLS = [
  '[role="radiogroup"]:not(:has(:checked)) input:enabled',
  'input[type="checkbox"]:enabled:not(:checked)',
  'input:enabled, button:enabled',
] as const;

/**
 * Brings the first field that has an error into view from its label on, and gives it the focus: a screen reader says
 * what is wrong, and where the keys are on the screen they come up for what is typed.
 */
export function showFirstWrong(form: HTMLElement): void {
  const field = form.querySelector('.kit-error-text')?.closest(FIELD);
  if (!field) return;
  const [control] = CONTROLS.flatMap((selector) => [...field.querySelectorAll<HTMLElement>(selector)]);
  control?.focus({ preventScroll: true });
  // Before the keys come up, which then bring what is typed into what they leave of the page.
  field.scrollIntoView({ block: 'start' });
}
