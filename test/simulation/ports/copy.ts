/**
 * Copies a value as MongoDB stores it, so that a stored document shares nothing with a caller. Dates stay dates, and undefined
 * becomes null.
 * @throws for a value of which these stores do not know how MongoDB would return it
 */
export function copy<T>(value: T): T {
  return copyAny(value) as T
}

function copyAny(value: unknown): unknown {
  if (value === undefined) return null
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (Array.isArray(value)) return value.map(copyAny)
  if (value instanceof Date) return new Date(value.getTime())
  if (value instanceof Uint8Array) return Buffer.from(value)
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    throw new TypeError(`A document cannot hold ${String(value)}`)
  const fields: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(value)) fields[name] = copyAny(field)
  return fields
}

/** @returns the object without some of its fields, as `$unset` leaves it */
export function without<T extends object, Field extends keyof T>(
  { ...fields }: T,
  ...names: Field[]
): Omit<T, Field> {
  for (const name of names) delete fields[name]
  return fields
}
