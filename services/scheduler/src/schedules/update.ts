/** What a MongoDB update of ours is made of. */
export interface Update {
  $set?: Record<string, unknown>
  $unset?: Record<string, ''>
  $inc?: Record<string, number>
  $push?: Record<string, unknown>
}

/** An update that sets fields, and takes those away that are undefined. */
export function setting(fields: object): Update {
  const entries = Object.entries(fields)
  const away = entries.filter(([, value]) => value === undefined).map(([name]) => [name, ''])
  const $set = Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  return away.length === 0 ? { $set } : { $set, $unset: Object.fromEntries(away) }
}
