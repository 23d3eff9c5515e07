import { useEffect, useRef, useState } from 'preact/hooks'

/** Whether the page is scrolled so far that the beginning of an element is above the window, and the ref of that element. */
export function useScrolledInto<E extends HTMLElement>() {
  const element = useRef<E>(null)
  const [isScrolledInto, setScrolledInto] = useState(false)
  useEffect(() => {
    const look = () => setScrolledInto((element.current?.getBoundingClientRect().top ?? 0) < 0)
    look()
    window.addEventListener('scroll', look, { passive: true })
    return () => window.removeEventListener('scroll', look)
  }, [])
  return { element, isScrolledInto }
}
