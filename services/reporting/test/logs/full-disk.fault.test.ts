import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { client, until } from '@daybook/shared/testing'
import t from 'tap'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

const DAY = '2026-07-03'
const USERS = 20
const DISK_BYTES = 1024 * 1024

const disk = mkdtempSync(join(tmpdir(), 'daybook-disk-'))
const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'daybook-test', disk], {
  encoding: 'utf8',
})
t.teardown(() => {
  if (mount.status === 0) spawnSync('umount', ['--lazy', disk])
  rmdirSync(disk)
})
const skip =
  mount.status === 0 ? false : `a small disk needs the right to mount: ${mount.stderr ?? mount.error}`

t.test('on a full disk the run waits, and completes once there is space', { skip }, async t => {
  const filler = join(disk, 'filler')
  const bench = await makeBench(t)
  const reporting = await startReporting(t, bench.stack, { LOG_DIR: join(disk, 'logs') })
  await t.rejects(writeFile(filler, Buffer.alloc(2 * DISK_BYTES)), { code: 'ENOSPC' })
  await bench.publish(...Array.from({ length: USERS }, (_, i) => completed(`user-${i}`, DAY)))
  await bench.endDay(DAY)
  const ready = () => client(reporting.url, '')<{ troubles: object }>('/health/ready')
  await until('readiness says that the disk is full', async () => {
    const { status, body } = await ready()
    return status === 503 && JSON.stringify(body.troubles).includes('ENOSPC')
  })
  t.match((await reporting.run(`${DAY}@UTC`)).body, { state: 'writing', written: 0, failed: 0 })

  await rm(filler)
  t.match(await reporting.runDone(DAY), { jobs: USERS, written: USERS, failed: 0 })
  await until('the service is ready', async () => (await ready()).status === 200)
  t.equal(await bench.stack.db.collection('dead_letters').countDocuments(), 0, 'nothing is parked')
  for (let i = 0; i < USERS; i += 1) {
    const { log } = await reporting.dayOf(`user-${i}`, DAY)
    t.equal(log.state, 'written')
  }
})
