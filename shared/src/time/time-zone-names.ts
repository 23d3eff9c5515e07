import cldr from 'cldr-bcp47/bcp47/timezone.json' with { type: 'json' }

/**
 * The names of time zones, from the Unicode CLDR. `_alias` lists all names of a zone; the first of them is the one that
 * `Intl` returns, and `_iana` the current IANA name where that is another. The CLDR joins no zones of different countries,
 * as the links of the IANA database do (Europe/Amsterdam to Europe/Brussels).
 * https://unicode.org/reports/tr35/#Time_Zone_Identifiers
 */

/** A zone as the CLDR has it; `_alias` is missing where another zone took over the names. */
interface Key {
  _description: string
  _alias?: string
  _iana?: string
}

// Beside the names of the IANA database the CLDR has Etc/Unknown, and two that the database dropped in 2017 and 2020.
// Factory is a name there, but says that nobody has set the zone yet, and no clock follows it.
const excluded = new Set(['Etc/Unknown', 'Factory', 'Canada/East-Saskatchewan', 'US/Pacific-New'])

const { _description, _alias, ...keys } = cldr.keyword.u.tz

const zones = Object.values<Key>(keys).flatMap(({ _alias = '', _iana }) => {
  const names = _alias.split(' ').filter(name => name !== '' && !excluded.has(name))
  const [inIntl] = names
  if (inIntl === undefined) return []
  // ECMA-402 makes these two one zone, by the name UTC.
  if (inIntl === 'Etc/UTC' || inIntl === 'Etc/GMT') return [{ current: 'UTC', inIntl: 'UTC', names }]
  return [{ current: _iana ?? inIntl, inIntl, names }]
})

// ASCII letters only: the lower case of the Kelvin sign, for instance, is a k.
const lowerCase = (name: string) => name.replace(/[A-Z]/g, letter => letter.toLowerCase())

const currentNames = new Map(
  zones.flatMap(({ current, names }) => names.map(name => [lowerCase(name), current] as const)),
)

/** The current name of the zone that an IANA name stands for, in any case; undefined for what is no such name. */
export const currentName = (name: string): string | undefined => currentNames.get(lowerCase(name))

/** The name that `Intl` has for each zone, by the current name; it has none for most zones that begin with `Etc/`. */
export const namesInIntl: ReadonlyMap<string, string> = new Map(
  zones.map(({ current, inIntl }) => [current, inIntl]),
)
