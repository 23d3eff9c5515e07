import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** The focus when what has it goes away. A person who uses the keyboard goes on where they were. */

/** Whether the focus is shown, as after a key. A list that has it is held, so a click alone must not leave it there. */
export const isFocusSeen = (): boolean => document.activeElement?.matches(':focus-visible') === true

/** Moves the focus to an element, also to one that takes none otherwise, as a list. */
export function focusOn(element: HTMLElement | null): void {
  if (element === null) return
  if (!element.hasAttribute('tabindex')) {
    element.tabIndex = -1
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true })
  }
  element.focus()
}

/**
 * Moves the focus when an element that has it goes away, as a button whose work is done.
 * @param to where it goes
 */
export function useFocusAfter(element: RefObject<HTMLElement>, to: () => HTMLElement | null): void {
  useEffect(() => {
    const { current } = element
    return () => {
      if (current === document.activeElement && isFocusSeen()) focusOn(to())
    }
  }, [])
}
