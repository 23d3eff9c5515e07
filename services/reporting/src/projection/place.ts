/** Where an event is in daybook.tasks. */
export interface Place {
  partition: number
  offset: bigint
}

/** A place as a document of the projection stores it, in one short field because there is one for each completion: `3/1204`. */
export const placeText = ({ partition, offset }: Place): string => `${partition}/${offset}`

/** The place that `placeText` made a text of. */
export function placeOf(stored: string): Place {
  const [partition = '', offset = ''] = stored.split('/')
  return { partition: Number(partition), offset: BigInt(offset) }
}

/** @returns whether a stored place is before another one in the same partition */
export function isEarlier(stored: string, { partition, offset }: Place): boolean {
  const known = placeOf(stored)
  return known.partition === partition && known.offset < offset
}
