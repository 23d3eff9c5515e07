import cldr from 'cldr-bcp47/bcp47/timezone.json' with { type: 'json' }
import { test } from 'tap'
import { Temporal } from 'temporal-polyfill'
import iana from 'tzdata' with { type: 'json' }
import { canonicalTimeZone, storedNames, timeZones } from '../../src/time/days.ts'

// `Factory` is the zone of a machine whose zone is not set yet.
const ianaNames = Object.keys(iana.zones).filter(name => name !== 'Factory')
const inIntl = (timeZone: string) => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone

/** The older name that Intl returns for a renamed zone, by current name. */
const renamed = {
  'Africa/Asmara': 'Africa/Asmera',
  'America/Argentina/Buenos_Aires': 'America/Buenos_Aires',
  'America/Argentina/Catamarca': 'America/Catamarca',
  'America/Argentina/Cordoba': 'America/Cordoba',
  'America/Argentina/Jujuy': 'America/Jujuy',
  'America/Argentina/Mendoza': 'America/Mendoza',
  'America/Atikokan': 'America/Coral_Harbour',
  'America/Indiana/Indianapolis': 'America/Indianapolis',
  'America/Kentucky/Louisville': 'America/Louisville',
  'America/Nuuk': 'America/Godthab',
  'Asia/Ho_Chi_Minh': 'Asia/Saigon',
  'Asia/Kathmandu': 'Asia/Katmandu',
  'Asia/Kolkata': 'Asia/Calcutta',
  'Asia/Yangon': 'Asia/Rangoon',
  'Atlantic/Faroe': 'Atlantic/Faeroe',
  'Europe/Kyiv': 'Europe/Kiev',
  'Pacific/Chuuk': 'Pacific/Truk',
  'Pacific/Kanton': 'Pacific/Enderbury',
  'Pacific/Pohnpei': 'Pacific/Ponape',
}

test('every name in the IANA database is a time zone, in upper and lower case', async t => {
  for (const name of ianaNames) {
    const zone = canonicalTimeZone(name)
    if (zone === undefined || !timeZones.includes(zone)) t.fail(`${name}: ${zone}`)
    if (canonicalTimeZone(name.toUpperCase()) !== zone) t.fail(name.toUpperCase())
  }
})

test('names outside the IANA database are not time zones, even if CLDR and Intl know them', async t => {
  const { _alias, _description, ...keys } = cldr.keyword.u.tz
  const names = Object.values<{ _alias?: string }>(keys as never).flatMap(key => key._alias?.split(' ') ?? [])
  for (const name of names.filter(name => !ianaNames.includes(name)))
    t.equal(canonicalTimeZone(name), undefined, name)
})

test('abbreviations of ICU are not time zones', async t => {
  const abbreviations =
    'ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST'
  for (const name of abbreviations.split(' ')) {
    t.ok(inIntl(name), `Intl accepts ${name}`)
    t.equal(canonicalTimeZone(name), undefined, name)
    t.equal(canonicalTimeZone(name.toLowerCase()), undefined, name)
  }
  for (const name of [
    'EDT',
    'CEST',
    'SystemV/PST8PDT',
    'Asia/Hanoi',
    'Asia/\u212aolkata',
    'constructor',
    '__proto__',
  ])
    t.equal(canonicalTimeZone(name), undefined, name)
})

test('a renamed zone has its current name', async t => {
  for (const [current, older] of Object.entries(renamed)) {
    t.equal(canonicalTimeZone(older), current)
    t.equal(canonicalTimeZone(current), current)
    t.strictSame(storedNames(current), [current, older])
  }
  const others = timeZones.filter(zone => !(zone in renamed))
  for (const zone of others) if (storedNames(zone).length > 1) t.fail(`${zone} was renamed too`)
})

test('zones that the database merged stay separate', async t => {
  const merged = ['Europe/Amsterdam', 'Europe/Oslo', 'Atlantic/Reykjavik', 'Africa/Accra', 'America/Nassau']
  for (const zone of [...merged, 'Asia/Kuwait', 'Indian/Comoro', 'Pacific/Pohnpei', 'Antarctica/McMurdo'])
    t.equal(canonicalTimeZone(zone), zone)
})

test('two names belong to one zone when Intl says so', async t => {
  const byIntl = Map.groupBy(ianaNames, inIntl)
  for (const names of byIntl.values()) {
    const zones = new Set(names.map(canonicalTimeZone))
    if (zones.size > 1) t.fail(`${names}: ${[...zones]}`)
  }
  t.equal(byIntl.size, timeZones.length)
  for (const zone of Intl.supportedValuesOf('timeZone')) if (!canonicalTimeZone(zone)) t.fail(zone)
})

test('Temporal knows every stored name of every zone', async t => {
  const instant = Temporal.Instant.from('2026-11-22T12:00Z')
  for (const zone of timeZones) {
    const times = storedNames(zone).map(name => instant.toZonedDateTimeISO(name).toPlainDateTime().toString())
    if (new Set(times).size > 1) t.fail(`${zone}: ${times}`)
  }
})
