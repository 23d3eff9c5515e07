export const minute = 60_000

export const inMinutes = (count: number) => new Date(Date.now() + count * minute)

/** The differences between consecutive slots, in minutes. */
export const stepsInMinutes = (slots: string[]) =>
  slots.slice(1).map((slot, i) => (Date.parse(slot) - Date.parse(slots[i] ?? '')) / minute)
