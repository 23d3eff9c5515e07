import type { DayFiles, LogFiles } from '../../../services/reporting/src/logs/log-files.ts'
import type { LogReader } from '../../../services/reporting/src/logs/read-logs.ts'
import type { Manifests } from '../../../services/reporting/src/manifests/manifest-files.ts'
import type { Contract, Open } from './contract.ts'

type Files = LogFiles & LogReader

const DAY = '2026-11-22'
const MINUTE = 60_000

const day = (userId: string, log: string | null, tasks: Record<string, string> = {}): DayFiles => ({
  ...{ day: DAY, userId, log, tasks: new Map(Object.entries(tasks)) },
})

/** The files of a day as texts. */
async function contents(files: Files, userId: string) {
  const { log, tasks } = await files.readAll(DAY, userId)
  return {
    log: log?.toString(),
    tasks: Object.fromEntries([...tasks].map(([name, text]) => [name, String(text)])),
  }
}

async function opened(fresh: () => Promise<Open<Files>>) {
  const files = await (await fresh())()
  return { files, of: (userId: string) => contents(files, userId) }
}

export const logFilesContract: Contract<Files> = (t, fresh) => {
  t.test('a day has its log, its task files and no other files', async t => {
    const { files, of } = await opened(fresh)
    const failures = await files.write(
      [
        day('alice', 'one\ntwo\n', { '1.log': 'one', '2.log': 'two' }),
        day('bob', 'three\n', { '3.log': 'three' }),
      ],
      MINUTE,
    )
    t.strictSame(failures, [undefined, undefined])
    t.strictSame(await of('alice'), { log: 'one\ntwo\n', tasks: { '1.log': 'one', '2.log': 'two' } })
    t.strictSame(await of('bob'), { log: 'three\n', tasks: { '3.log': 'three' } })
    t.equal(String(await files.read(DAY, 'alice')), 'one\ntwo\n')
    t.equal(await files.read(DAY, 'carol'), undefined)
    t.strictSame(await of('carol'), { log: undefined, tasks: {} })
    t.strictSame((await files.names(DAY)).sort(), ['alice', 'alice.log', 'bob', 'bob.log'])
    t.strictSame(await files.names('2026-11-21'), [])
  })

  t.test('writing a day again adds and removes files, and keeps those that are present', async t => {
    const { files, of } = await opened(fresh)
    await files.write([day('alice', 'one\ntwo\n', { '1.log': 'one', '2.log': 'two' })], MINUTE)
    await files.write([day('alice', 'two\nthree\n', { '2.log': 'other', '3.log': 'three' })], MINUTE)
    t.strictSame(await of('alice'), { log: 'two\nthree\n', tasks: { '2.log': 'two', '3.log': 'three' } })
  })

  t.test('writing a day whole also writes the files that are present', async t => {
    const { files, of } = await opened(fresh)
    await files.write([day('alice', 'one\n', { '1.log': 'damaged' })], MINUTE)
    await files.write([{ ...day('alice', 'one\n', { '1.log': 'one' }), whole: true }], MINUTE)
    t.strictSame(await of('alice'), { log: 'one\n', tasks: { '1.log': 'one' } })
  })

  t.test('a day without completions keeps no file and no folder', async t => {
    const { files, of } = await opened(fresh)
    await files.write([day('alice', 'one\n', { '1.log': 'one' }), day('bob', 'one\n')], MINUTE)
    await files.write([day('alice', null)], MINUTE)
    t.strictSame(await files.names(DAY), ['bob.log'])
    t.strictSame(await of('alice'), { log: undefined, tasks: {} })
    await files.write([day('bob', null)], MINUTE)
    t.strictSame(await files.names(DAY), [])
  })

  t.test('without task files only the log is written', async t => {
    const { files, of } = await opened(fresh)
    await files.write([day('alice', 'one\n', { '1.log': 'one' })], MINUTE)
    await files.write([{ ...day('alice', 'two\n'), tasks: undefined }], MINUTE)
    t.strictSame(await of('alice'), { log: 'two\n', tasks: { '1.log': 'one' } })
    await files.write([{ ...day('bob', 'two\n'), tasks: undefined }], MINUTE)
    t.strictSame((await files.names(DAY)).sort(), ['alice', 'alice.log', 'bob.log'])
  })

  t.test('users whose names are paths, or differ only by case, have files of their own', async t => {
    const { files, of } = await opened(fresh)
    const users = ['../../outside', '..', '/etc/passwd', '.tmp', 'Alice', 'alice']
    await files.write(
      users.map(user => day(user, user)),
      MINUTE,
    )
    for (const user of users) t.equal((await of(user)).log, user)
    t.equal((await files.names(DAY)).length, users.length)
  })

  t.test('a reader sees only whole files while several processes write them', async t => {
    const open = await fresh()
    const texts = ['a', 'b'].map(letter => letter.repeat(100_000))
    const seen = new Set<string | undefined>()
    const processes = await Promise.all(texts.map(async text => ({ text, files: await open() })))
    for (let i = 0; i < 10; i += 1) {
      const writes = processes.map(({ text, files }) => files.write([day('alice', text)], MINUTE))
      seen.add((await processes[0]?.files.read(DAY, 'alice'))?.toString())
      await Promise.all(writes)
    }
    t.ok([...seen].every(text => text === undefined || texts.includes(text)))
  })
}

async function* each(...lines: string[]) {
  yield* lines
}

async function linesOf(manifests: Manifests, of: { day: string; timeZone: string }) {
  const lines = await manifests.read(of)
  return lines && (await Array.fromAsync(lines))
}

export const manifestsContract: Contract<Manifests> = (t, fresh) => {
  const [here, there] = [
    { day: DAY, timeZone: 'America/New_York' },
    { day: DAY, timeZone: 'UTC' },
  ]

  t.test(
    'a manifest is made once, by one of many processes, and can be made again when it is removed',
    async t => {
      const open = await fresh()
      const processes = await Promise.all(Array.from({ length: 10 }, open))
      const [one] = processes as [Manifests]
      t.equal(await linesOf(one, here), undefined)
      const made = await Promise.all(
        processes.map((manifests, i) => manifests.create(here, each(`of ${i}`, 'end'))),
      )
      t.equal(made.filter(Boolean).length, 1)
      t.strictSame(await linesOf(one, here), [`of ${made.indexOf(true)}`, 'end'])
      t.equal(await linesOf(one, there), undefined, 'each time zone has its own')
      for (const time of ['first', 'second']) t.equal(await one.remove(here), undefined, time)
      t.equal(await one.create(here, each('again')), true)
      t.strictSame(await linesOf(one, here), ['again'])
    },
  )

  t.test('a manifest whose lines cannot be made is absent', async t => {
    const manifests = await (await fresh())()
    const failing = async function* () {
      yield 'one'
      throw new Error('MongoDB is away')
    }
    await t.rejects(manifests.create(here, failing()), { message: 'MongoDB is away' })
    t.equal(await linesOf(manifests, here), undefined)
  })

  t.test('many processes append lines to a manifest that exists', async t => {
    const open = await fresh()
    const processes = await Promise.all(Array.from({ length: 10 }, open))
    const [one] = processes as [Manifests]
    t.equal(await one.append(here, ['lost']), false)
    await one.create(here, each('first'))
    const appended = await Promise.all(
      processes.map((manifests, i) => manifests.append(here, [`a${i}`, `b${i}`])),
    )
    t.ok(appended.every(Boolean))
    const lines = (await linesOf(one, here)) ?? []
    t.equal(lines[0], 'first')
    t.strictSame(lines.slice(1).sort(), [...processes.keys()].flatMap(i => [`a${i}`, `b${i}`]).sort())
    for (const i of processes.keys()) t.ok(lines.indexOf(`a${i}`) < lines.indexOf(`b${i}`), 'in their order')
  })
}
