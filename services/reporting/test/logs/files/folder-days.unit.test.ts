import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openFlush } from '../../../src/logs/files/flush.ts'
import { folderDays } from '../../../src/logs/files/folder-days.ts'
import { type DayFiles, openLogFiles } from '../../../src/logs/log-files.ts'

const DAY = '2026-11-20'

const user = (log: string | null, ...tasks: string[]): DayFiles => ({
  ...{ day: DAY, userId: 'alice', log },
  tasks: new Map(tasks.map(name => [name, name])),
})

/**
 * Compresses a day of a user with two task files.
 * @param meanwhile the files that a writer writes between the reading of the plain files and the first compressed file
 * @returns the names that are left
 */
async function compressedWhile(t: Test, ...meanwhile: DayFiles[]): Promise<string[]> {
  const root = t.testdir()
  const drafts = join(root, '.tmp')
  await mkdir(drafts, { recursive: true })
  const files = await openLogFiles(root)
  await files.write([user('one\ntwo\n', '1.log', '2.log')], 60_000)
  let isFirst = true
  const days = folderDays(root, drafts, folder => {
    const flush = openFlush(folder)
    return {
      ...flush,
      async all(paths) {
        await flush.all(paths)
        if (isFirst) for (const day of meanwhile) t.strictSame(await files.write([day], 60_000), [undefined])
        isFirst = false
      },
    }
  })
  for await (const _step of days.compressDay(DAY));
  t.strictSame(await readdir(drafts), [])
  const found = await readdir(join(root, DAY), { recursive: true })
  return found.sort()
}

t.test('files that are removed while they are compressed do not come back', async t => {
  t.strictSame(await compressedWhile(t, user(null)), [], 'of a log without completions')
  const left = ['alice', 'alice.log.gz', 'alice/2.log.gz']
  t.strictSame(await compressedWhile(t, { ...user('two\n', '2.log'), compressed: true }), left, 'a task file')
})

t.test('files that are removed and written again while they are compressed stay', async t => {
  const again = { ...user('three\n', '3.log'), compressed: true }
  t.strictSame(await compressedWhile(t, user(null), again), ['alice', 'alice.log.gz', 'alice/3.log.gz'])
})
