import { useEffect, useState } from 'preact/hooks'

const PAGE = 100

/** How many rows of a list are shown, 100 more after each request. @param of what the list is about: another list begins anew */
export function useCount(of: string): { count: number; more: () => void } {
  const [count, setCount] = useState(PAGE)
  useEffect(() => setCount(PAGE), [of])
  return { count, more: () => setCount(before => before + PAGE) }
}

interface Props {
  count: number
  hasMore: boolean
  more: () => void
}

/** Shows more rows of a list. It stays when all are shown, so that the focus does not get lost. */
export const More = ({ count, hasMore, more }: Props) =>
  (hasMore || count > PAGE) && (
    <p class="pager">
      <button type="button" aria-disabled={!hasMore} onClick={() => hasMore && more()}>
        {hasMore ? 'Show 100 more' : 'All are shown'}
      </button>
    </p>
  )
