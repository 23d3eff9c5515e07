import cldr from 'cldr-bcp47/bcp47/timezone.json' with { type: 'json' }

/**
 * The names of time zones, from the Unicode CLDR. `_alias` lists all names of a zone; `Intl` returns the first of them. `_iana`
 * is the current IANA name when it differs from the first. The CLDR never merges zones of different countries. The links of
 * the IANA database do (Europe/Amsterdam to Europe/Brussels).
 * https://unicode.org/reports/tr35/#Time_Zone_Identifiers
 */

/** A zone in the CLDR. `_alias` is missing when another zone took over the names. */
interface Key {
  _description: string
  _alias?: string
  _iana?: string
}

// The CLDR also has Etc/Unknown, and two names that the IANA database dropped in 2017 and 2020. Factory is in the IANA
// database, but it means that the zone is not set yet, and no clock follows it.
const excluded = new Set(['Etc/Unknown', 'Factory', 'Canada/East-Saskatchewan', 'US/Pacific-New'])

const { _description, _alias, ...keys } = cldr.keyword.u.tz

const zones = Object.values<Key>(keys).flatMap(({ _alias = '', _iana }) => {
  const names = _alias.split(' ').filter(name => name !== '' && !excluded.has(name))
  const [inIntl] = names
  if (inIntl === undefined) return []
  // ECMA-402 merges these two zones under the name UTC.
  if (inIntl === 'Etc/UTC' || inIntl === 'Etc/GMT') return [{ current: 'UTC', inIntl: 'UTC', names }]
  return [{ current: _iana ?? inIntl, inIntl, names }]
})

// Converts ASCII letters only: the lower case of the Kelvin sign, for example, is a k.
const lowerCase = (name: string) => name.replace(/[A-Z]/g, letter => letter.toLowerCase())

// Most names are asked for in the spelling that the database has, which then needs no conversion.
const currentNames = new Map(
  zones.flatMap(({ current, names }) =>
    [...names, ...names.map(lowerCase)].map(name => [name, current] as const),
  ),
)

/** Returns the current name of the zone with this IANA name, in upper or lower case; undefined for any other text. */
export const currentName = (name: string): string | undefined =>
  currentNames.get(name) ?? currentNames.get(lowerCase(name))

/** The names of the zones in `Intl`, by current name. `Intl` has none for most zones that begin with `Etc/`. */
export const namesInIntl: ReadonlyMap<string, string> = new Map(
  zones.map(({ current, inIntl }) => [current, inIntl]),
)
