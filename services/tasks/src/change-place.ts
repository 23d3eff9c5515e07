import { DaybookError } from '@daybook/shared/failures/errors'

/** The place of a task in the order of changes. */
export interface ChangePlace {
  /** When MongoDB wrote the task's latest state, by MongoDB's clock: seconds in the upper 32 bits, a counter in the lower ones. */
  at: bigint
  id: string
}

/** How far a reader has read the changes of a user. */
export interface Since extends ChangePlace {
  /** Where reading goes back to after the last page, because earlier changes may have appeared behind the reader. */
  back?: bigint | undefined
}

/** Before all changes. */
export const beginning: Since = { at: 0n, id: '' }

/**
 * The most milliseconds that MongoDB works on a write of the view. It is less than `OVERLAP_S`, so a change appears behind no reader.
 */
export const WRITE_LIMIT_MS = 15_000
const OVERLAP_S = 30

/** The place in the order of changes of a second of MongoDB's clock. */
export const placeOf = (seconds: number): bigint => BigInt(Math.max(0, Math.floor(seconds))) << 32n

/**
 * Returns how far a reader has read with a page. A write takes its time from MongoDB before others can read it, so changes can appear
 * behind places of the last 30 s. A reader that has read the last page goes back to 30 s before it first came to such a place.
 * @param since where the page begins; `last` its last task; `now` seconds of MongoDB's clock before the page was read
 */
export function readThrough(
  since: Since,
  { last, more, now }: { last: ChangePlace | undefined; more: boolean; now: number },
): Since {
  const safe = placeOf(now - OVERLAP_S)
  const back = since.back ?? (last !== undefined && last.at > safe ? safe : undefined)
  return more && last ? { ...last, back } : { at: back ?? safe, id: '' }
}

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const form = new RegExp(`^(\\d{1,19}) ((?:${ID})?)(?: (\\d{1,19}))?$`)

/** Encodes how far a reader has read. Clients treat the text as opaque and send it back unchanged. */
export const writeSince = ({ at, id, back }: Since): string =>
  Buffer.from(`${at} ${id}${back === undefined ? '' : ` ${back}`}`).toString('base64url')

/**
 * Decodes the text of `writeSince`.
 * @throws DaybookError DAYBOOK_REQUEST_INVALID for another text
 */
export function readSince(text: string): Since {
  const [, at, id, back] = form.exec(Buffer.from(text, 'base64url').toString()) ?? []
  if (at !== undefined && id !== undefined)
    return { at: BigInt(at), id, back: back === undefined ? undefined : BigInt(back) }
  const faults = [{ pointer: '/querystring/since', detail: 'is not a token of this list' }]
  const message = 'Send next of the previous answer, or no since to read all tasks'
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', message, { faults })
}
