/**
 * Copies a value as MongoDB stores it, so that a stored document shares nothing with the caller that stores it. Dates stay dates,
 * and undefined becomes null. The copy is frozen, so that all readers can share it: a change of a field by one
 * of them throws. No reader changes a date or bytes in place.
 * @throws for a value of which these stores do not know how MongoDB would return it
 */
export function copy<T>(value: T): T {
  return copyAny(value) as T
}

function copyAny(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return Object.freeze(value.map(copyAny))
  if (value instanceof Date) return new Date(value.getTime())
  if (value instanceof Uint8Array) return Buffer.from(value)
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    throw new TypeError(`A document cannot hold ${String(value)}`)
  const fields: Record<string, unknown> = {}
  for (const name of Object.keys(value)) fields[name] = copyAny((value as typeof fields)[name])
  return Object.freeze(fields)
}

/** @returns the object without some of its fields, as `$unset` leaves it */
export function without<T extends object, Field extends keyof T>(
  { ...fields }: T,
  ...names: Field[]
): Omit<T, Field> {
  for (const name of names) delete fields[name]
  return fields
}
