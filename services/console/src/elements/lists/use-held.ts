import { useEffect, useRef, useState } from 'preact/hooks'
import { focusOn, isFocusSeen } from './focus.ts'

/**
 * Whether the pointer or the focus is in an element, and the handlers that the element needs for that. When what has the focus goes away,
 * as a button that has done its work, the element gets it.
 */
export function useHeld() {
  const [isPointed, point] = useState(false)
  const [isFocused, focus] = useState(false)
  const focused = useRef<HTMLElement>()
  const isSeen = useRef(false)
  // What has the focus, within the element.
  const holder = useRef<Element>()
  const handlers = {
    onPointerEnter: () => point(true),
    onPointerLeave: () => point(false),
    onFocusCapture: ({ currentTarget, target }: FocusEvent) => {
      focused.current = currentTarget as HTMLElement
      holder.current = target as Element
      isSeen.current = isFocusSeen()
      focus(true)
    },
    onBlurCapture: (event: FocusEvent) => {
      const { currentTarget, relatedTarget } = event
      focus((currentTarget as Element).contains(relatedTarget as Element | null))
    },
  }
  // A button with the focus that is removed or disabled loses it. A person who leaves a button that stays does not get it back.
  useEffect(() => {
    if (isFocused && isSeen.current && document.activeElement === document.body && isGone(holder.current)) {
      focusOn(focused.current ?? null)
    }
  })
  const hasFocus = isFocused && focused.current?.contains(document.activeElement) === true
  return { isHeld: isPointed || hasFocus, handlers }
}

const isGone = (element: Element | undefined) =>
  element === undefined || !element.isConnected || element.matches(':disabled')
