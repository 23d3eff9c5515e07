import { seededRandom } from '@daybook/shared/testing'
import t from 'tap'
import { safeName } from '../../src/logs/file-names.ts'

const HASHED = /-[0-9a-f]{20}$/

t.test('an ordinary name is unchanged', async t => {
  for (const name of ['alice', 'water-the_plants.2', 'café', 'каша', '日本語', '٣', '_', 'a.'])
    t.equal(safeName(name), name)
})

t.test('no name leaves its folder, is a hidden file or looks like an option', async t => {
  for (const name of ['../../etc/passwd', '.', '..', '.hidden', '-rf', '/', '\\', 'a/b', 'a\u0000b', '']) {
    const safe = safeName(name)
    t.match(safe, HASHED, JSON.stringify(name))
    t.notMatch(safe, /^[.-]/)
    t.notMatch(safe, /[^\p{L}\p{M}\p{N}._-]/u)
  }
})

t.test('a name whose characters are replaced gets a hash of the whole text', async t => {
  t.match(safeName('Water the plants'), /^Water_the_plants-[0-9a-f]{20}$/)
  t.match(safeName('two\nlines'), /^two_lines-[0-9a-f]{20}$/)
  t.not(safeName('two\nlines'), safeName('two\rlines'))
  t.not(safeName('two lines'), safeName('two_lines'))
})

t.test('a name has at most 80 bytes and ends with a whole character', async t => {
  for (const name of [
    '🌱'.repeat(64),
    'x'.repeat(10_000),
    'é'.repeat(41),
    'a'.repeat(81),
    '漢'.repeat(500),
  ]) {
    const safe = safeName(name)
    t.ok(Buffer.byteLength(safe) <= 80, `${safe} has ${Buffer.byteLength(safe)} bytes`)
    t.ok(safe.isWellFormed())
    t.equal(Buffer.from(safe).toString(), safe)
  }
  t.equal(safeName('a'.repeat(80)), 'a'.repeat(80))
  // 59 bytes are left before the hash: 29 of two bytes, and not half of the thirtieth.
  t.match(safeName('é'.repeat(41)), /^é{29}-[0-9a-f]{20}$/)
  t.match(safeName('𝒳'.repeat(64)), /^𝒳{14}-[0-9a-f]{20}$/u)
  t.not(safeName(`${'x'.repeat(10_000)}1`), safeName(`${'x'.repeat(10_000)}2`))
})

t.test('texts that look alike have different names', async t => {
  const alike = [
    ['café'.normalize('NFC'), 'café'.normalize('NFD')],
    ['\ud800', '\udbff'],
    ['a\ud800', 'a\ufffd'],
    ['Alice', 'alice'],
    ['σ', 'ς'],
    ['s', 'ſ'],
    ['straße', 'strasse'],
    [`x-${'0'.repeat(20)}`, `x-${'1'.repeat(20)}`],
  ] as const
  for (const [one, other] of alike) {
    t.not(fold(safeName(one)), fold(safeName(other)), `${one} ${other}`)
  }
})

t.test('a safe name that looks like a name with a hash gets a hash', async t => {
  const taken = safeName('a b')
  t.not(safeName(taken), taken)
})

t.test("the folder of a user never has the path of another user's log", async t => {
  t.not(safeName('alice.log'), `${safeName('alice')}.log`)
  t.notMatch(safeName('alice.log'), /\.log$/)
  t.notMatch(safeName('alice.log.gz'), /\.log\.gz$/)
})

t.test('random texts get different names, with allowed characters only', async t => {
  const texts = randomTexts(seededRandom(t), 20_000)
  const byName = new Map<string, string>()
  for (const text of texts) {
    const name = safeName(text)
    const fair = /^[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u.test(name) && Buffer.byteLength(name) <= 80
    if (!fair) t.fail(`${JSON.stringify(text)} became ${name}`)
    const other = byName.get(fold(name))
    if (other !== undefined)
      t.fail(`${JSON.stringify(text)} and ${JSON.stringify(other)} both became ${name}`)
    byName.set(fold(name), text)
  }
  t.equal(byName.size, texts.size)
})

/** The name for a file system that ignores case and Unicode normal forms. */
const fold = (name: string) => name.normalize('NFD').toUpperCase().toLowerCase().toUpperCase()

// Few characters, so that the texts are similar to each other.
const characters = [
  ...'aAzZ019._-/\\ \n\u0085\u2028éßſsσςΣİıi',
  'e\u0301',
  '\u0301',
  '🌱',
  '漢',
  '\ud800',
  '\udc00',
  '\ufffd',
  '.log',
  '\u202e',
]

function randomTexts(random: (limit: number) => number, count: number): Set<string> {
  const texts = new Set<string>()
  while (texts.size < count) {
    const length = 1 + random(random(10) === 0 ? 200 : 6)
    let text = ''
    for (let i = 0; i < length; i += 1) text += characters[random(characters.length)]
    texts.add(text)
  }
  // Some of the resulting names are used as texts too.
  for (const text of [...texts].slice(0, 1000)) texts.add(safeName(text))
  return texts
}
