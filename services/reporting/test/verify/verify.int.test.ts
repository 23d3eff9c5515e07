import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { until } from '@daybook/shared/testing'
import t from 'tap'
import { startCommand } from '../support/commands.ts'
import {
  type Bench,
  completed,
  deletedAndRestored,
  endPauses,
  makeBench,
  reopened,
  startReporting,
} from '../support/reporting.ts'

const DAY = '2026-06-01'

const verify = ({ stack }: Bench, ...args: string[]) => startCommand(t, stack, 'verify', ...args).ended

t.test('verify compares a day with its events', async t => {
  const bench = await makeBench(t)
  const reporting = await startReporting(t, bench.stack)
  const { db } = bench.stack
  const [water, read, back] = [
    completed('alice', DAY, { name: 'Water the plants' }),
    completed('alice', DAY, { name: 'Read', completedAt: `${DAY}T03:00:00.000Z`, timeZone: 'Asia/Tokyo' }),
    completed('bob', DAY),
  ]
  await bench.publish(
    water,
    ...deletedAndRestored(water),
    read,
    back,
    reopened(back),
    completed('carol', DAY),
  )
  const taskOf = ({ data }: typeof water) => data.taskId

  t.test(
    'the files of a user are not compared before the day is reported in each of the time zones',
    async t => {
      await bench.endDay(DAY)
      await reporting.runDone(DAY)
      t.match(await verify(bench, DAY), {
        code: 2,
        lines: [
          `not reported yet, so files are not compared: ${DAY}@Asia/Tokyo`,
          `${DAY}: 3 completions of 3 users, no difference`,
        ],
      })
    },
  )

  t.test('a day that is as its events say has no difference, also after a late completion', async t => {
    await bench.endDay(DAY, 'Asia/Tokyo')
    await reporting.runDone(DAY, 'Asia/Tokyo')
    await bench.publish(completed('carol', DAY, { name: 'late' }))
    const { code, lines } = await verify(bench, DAY)
    t.strictSame(lines, [`${DAY}: 4 completions of 3 users, no difference`])
    t.equal(code, 0)
  })

  t.test('each difference of projection and files is named', async t => {
    const completions = db.collection<{ _id: string }>('completions')
    await completions.updateOne({ _id: `${DAY}:${taskOf(water)}` }, { $set: { name: 'Drown the plants' } })
    await completions.deleteOne({ _id: `${DAY}:${taskOf(read)}` })
    await completions.updateOne({ _id: `${DAY}:${taskOf(back)}` }, { $set: { takenBack: false } })
    await writeFile(bench.path(DAY, 'alice.log'), 'something else\n')
    const [file = ''] = await bench.list(DAY, 'alice')
    await rm(bench.path(DAY, 'alice', file))
    await writeFile(bench.path(DAY, 'alice', 'extra.log'), '')
    await mkdir(bench.path(DAY, 'mallory'))
    await rm(bench.path(DAY, 'carol.log'))
    const logs = db.collection<{ _id: string }>('user_logs')
    await logs.updateOne({ _id: `${DAY}/carol` }, { $set: { sha256: 'f00' } })
    const { code, lines } = await verify(bench, DAY)
    t.equal(code, 1)
    t.equal(lines.pop(), `${DAY}: 4 completions of 3 users, 9 differences`)
    t.strictSame(
      lines.map(line => line.replace(/[0-9a-f]{64}/, '<sha>')),
      [
        `${DAY}/mallory belongs to no user of the day`,
        `alice: the completion of task ${taskOf(water)} differs in the projection: name`,
        `alice: the completion of task ${taskOf(read)} is not in the projection`,
        'alice: the file extra.log should not exist',
        `alice: the file ${file} is missing`,
        'alice: the log has other bytes',
        `bob: the projection has a completion of task ${taskOf(back)} that no event says`,
        'carol: the log is missing',
        'carol: the record of the log has the SHA-256 f00, and not <sha>',
      ].sort(),
    )
  })

  t.test('manifests are compared, and those of earlier versions are missing', async t => {
    const day = '2026-06-04'
    await bench.publish(completed('alice', day), completed('bob', day))
    await bench.endDay(day)
    await reporting.runDone(day)
    const path = bench.path('.manifests', day, 'UTC.ndjson')
    const report = await readFile(path, 'utf8')
    await writeFile(path, report.replace(/(?<="sha256":")[0-9a-f]/, 'x'))
    const { code, lines } = await verify(bench, day)
    t.equal(code, 1)
    t.match(lines, [
      /^alice: the manifest of UTC lists the log with the SHA-256 x/,
      /^the report in .* has the SHA-256 .* as in DayReported$/,
      `${day}: 2 completions of 2 users, 2 differences`,
    ])
    await rm(path)
    const runs = db.collection<{ _id: string }>('runs')
    await runs.updateOne({ _id: `${day}@UTC` }, { $unset: { manifestSha256: '' } })
    t.match(await verify(bench, day), {
      code: 0,
      lines: [
        `without a manifest, because an earlier version reported it: ${day}@UTC`,
        `${day}: 2 completions of 2 users, no difference`,
      ],
    })
  })

  t.test('records that are no events are counted, and a log that could not be written differs', async t => {
    const day = '2026-06-02'
    await mkdir(bench.path(day, 'dora.log', 'in the way'), { recursive: true })
    await bench.kafka.publish('daybook.tasks', [{ key: 'dora', value: 'no JSON', headers: {} }])
    await bench.publish(completed('dora', day))
    await bench.endDay(day)
    await until('the log is given up', async () => {
      await endPauses(bench.stack)
      return (await reporting.dayOf('dora', day)).log.state === 'failed'
    })
    await reporting.runDone(day)
    const { code, lines } = await verify(bench, day)
    t.equal(code, 1)
    t.match(lines, [
      /^dora: the log could not be written: .*EISDIR/,
      '1 records of daybook.tasks are no events: see the dead letters',
      `${day}: 1 completions of 1 users, 1 differences`,
    ])
  })

  t.test('verify waits until reporting has handled what is published', async t => {
    await reporting.end('SIGTERM')
    const day = '2026-06-03'
    await bench.publish(completed('erin', day))
    const command = startCommand(t, bench.stack, 'verify', day)
    let errors = ''
    command.process.stderr.on('data', data => {
      errors += data
    })
    await until('it says what it waits for', () =>
      errors.includes('waiting for the projection of reporting: 1 records are left'),
    )
    await startReporting(t, bench.stack)
    const { code, lines } = await command.ended
    const output = lines.join('\n')
    t.match(output, `files are not compared: ${day}@UTC`)
    t.match(output, `${day}: 1 completions of 1 users, no difference`)
    t.equal(code, 2)
  })

  t.test('a wrong argument prints the usage', async t => {
    for (const args of [[], ['today'], ['2026-02-30'], [DAY, DAY]])
      t.match(await verify(bench, ...args), {
        code: 1,
        errors: /usage: verify <day>, as in verify 2026-11-22/,
      })
  })
})
