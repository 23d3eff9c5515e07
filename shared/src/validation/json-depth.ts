/** Whether a JSON value is nested deeper than `most` levels. */
export const isDeeper = (value: unknown, most: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (most === 0 || Object.values(value).some(one => isDeeper(one, most - 1)))
