import { PAGE } from './show-more.tsx'

interface Props {
  count: number
  hasMore: boolean
  more: () => void
}

/** A button that shows more rows of a list of which nobody has counted all. It stays when all are shown, so that the focus does not get lost. */
export const More = ({ count, hasMore, more }: Props) =>
  (hasMore || count > PAGE) && (
    <p class="pager">
      <button type="button" aria-disabled={!hasMore} onClick={() => hasMore && more()}>
        {hasMore ? 'Show 100 more' : 'All are shown'}
      </button>
    </p>
  )
