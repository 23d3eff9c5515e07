/** The focus when what has it goes away. A person who uses the keyboard goes on where they were. */

/** Whether the focus is shown, as after a key. A list that has it is held, so a click alone must not leave it there. */
export const isFocusSeen = (): boolean => document.activeElement?.matches(':focus-visible') === true

/** Moves the focus to an element that takes none otherwise, as a list. */
export function focusOn(element: HTMLElement | null): void {
  if (element === null) return
  element.tabIndex = -1
  element.focus()
  element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true })
}
