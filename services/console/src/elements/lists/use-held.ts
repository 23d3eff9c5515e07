import { useRef, useState } from 'preact/hooks'

/** Whether the pointer or the focus is in an element, and the handlers that the element needs for that. */
export function useHeld() {
  const [isPointed, point] = useState(false)
  const [isFocused, focus] = useState(false)
  const focused = useRef<Element>()
  const handlers = {
    onPointerEnter: () => point(true),
    onPointerLeave: () => point(false),
    onFocusCapture: ({ currentTarget }: FocusEvent) => {
      focused.current = currentTarget as Element
      focus(true)
    },
    onBlurCapture: (event: FocusEvent) => {
      const { currentTarget, relatedTarget } = event
      focus((currentTarget as Element).contains(relatedTarget as Element | null))
    },
  }
  // A button with the focus that is removed or disabled loses it without an event.
  const hasFocus = isFocused && focused.current?.contains(document.activeElement) === true
  return { isHeld: isPointed || hasFocus, handlers }
}
