import { useState } from 'preact/hooks'

/** Whether the pointer or the focus is in an element, and the handlers that the element needs for that. */
export function useHeld() {
  const [isPointed, point] = useState(false)
  const [isFocused, focus] = useState(false)
  const handlers = {
    onPointerEnter: () => point(true),
    onPointerLeave: () => point(false),
    onFocusCapture: () => focus(true),
    onBlurCapture: (event: FocusEvent) => {
      const { currentTarget, relatedTarget } = event
      focus((currentTarget as Element).contains(relatedTarget as Element | null))
    },
  }
  return { isHeld: isPointed || isFocused, handlers }
}
