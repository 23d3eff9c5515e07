import type { LogState } from './log-state.ts'

/** Signs of 16 by 16 for the states of a log, so that no state is told by its colour alone. */
const paths: Record<LogState, string> = {
  open: 'M8 2a6 6 0 1 0 .01 0M8 5v3.5l2.5 1.5',
  empty: 'M4 8h8',
  pending: 'M4 2h8l-8 12h8z',
  writing: 'M3 13l1-3 7-7 2 2-7 7z',
  written: 'M3 8.5l3.5 3.5L13 4.5',
  amended: 'M3 13l1-3 7-7 2 2-7 7zM8 14h5',
  removed: 'M3 5h10M6 5V3h4v2M5 5l.5 8h5l.5-8',
  failed: 'M4 4l8 8M12 4l-8 8',
}

/** The sign of a state. The word beside it says the same. */
export const Icon = ({ name }: { name: LogState }) => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
)
