import { useEffect, useState } from 'preact/hooks'
import { focusOn, isFocusSeen } from './focus.ts'

/** How many rows a list shows at first, and how many more each time. */
export const PAGE = 100

/** How many rows of a list are shown, 100 more after each request. @param of what the list is about: another list begins anew */
export function useCount(of: string): { count: number; more: () => void } {
  const [count, setCount] = useState(PAGE)
  useEffect(() => setCount(PAGE), [of])
  return { count, more: () => setCount(before => before + PAGE) }
}

interface Props {
  /** What the rows are, as in "Later". */
  of: string
  shown: number
  all: number
  onMore: () => void
}

/** A button that shows more rows of a list, while there are more. */
export function ShowMore({ of, shown, all, onMore }: Props) {
  const rest = all - shown
  if (rest <= 0) return null
  const more = (event: MouseEvent) => {
    // The button of the last rows goes away.
    const list = (event.currentTarget as Element).closest<HTMLElement>('section')
    if (rest <= PAGE && isFocusSeen()) focusOn(list)
    onMore()
  }
  return (
    <p>
      <button type="button" onClick={more}>
        Show {Math.min(PAGE, rest)} more <span class="unseen">of {of}</span>
      </button>{' '}
      <span class="help">
        {shown.toLocaleString('en')} of {all.toLocaleString('en')} are shown.
      </span>
    </p>
  )
}
