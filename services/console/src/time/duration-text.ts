const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1000 },
]

/** Writes a duration: `12 s`, `4 min`, `1 h 20 min`, `3 d 2 h`. */
export function durationText(ms: number): string {
  const rest = Math.max(0, ms)
  const first = UNITS.findIndex(unit => rest >= unit.ms)
  const unit = UNITS[first]
  if (unit === undefined) return '0 s'
  const count = Math.floor(rest / unit.ms)
  const next = UNITS[first + 1]
  const more = next && unit.name !== 'min' ? Math.floor((rest % unit.ms) / next.ms) : 0
  return more === 0 ? `${count} ${unit.name}` : `${count} ${unit.name} ${more} ${next?.name}`
}
