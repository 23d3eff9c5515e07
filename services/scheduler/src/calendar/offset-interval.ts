import { stretchAt } from '@daybook/shared/time/clock-changes'

/** A piece of time in which the clock runs on undisturbed: instants in [from, to), local time being instant + offset. */
export interface Piece {
  from: number
  to: number
  offset: number
  /**
   * The local time from which on the piece has what comes in it for the first time: earlier than its begin when the
   * clock is set forward there, later when it was set back.
   */
  since: number
}

/** Local times in [from, to). */
export interface LocalRange {
  from: number
  to: number
}

const DAY = 86_400_000

/** The piece that begins at an instant and goes on for as long as the clock runs on undisturbed. */
export function pieceAt(timeZone: string, from: number): Piece {
  const { from: begin, to, offset, seen } = stretchAt(timeZone, from)
  return { from, to, offset, since: from === begin ? seen : Math.max(seen, from + offset) }
}

/** Excluded dates as the local times that they take, by their begin. */
export const closedTimes = (exclude: { from: string; to: string }[]): LocalRange[] =>
  exclude
    .map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) + DAY }))
    .sort((a, b) => a.from - b.from)

/** What closed times leave of a piece. */
export function* openParts(piece: Piece, closed: LocalRange[]): Generator<Piece> {
  const { offset } = piece
  let { from, since } = piece
  for (const shut of closed) {
    const [begin, end] = [shut.from - offset, shut.to - offset]
    if (begin >= piece.to) break
    if (begin > from) yield { from, to: begin, offset, since }
    if (end > from) {
      from = end
      since = Math.max(piece.since, shut.to)
    }
  }
  if (from < piece.to) yield { from, to: piece.to, offset, since }
}
