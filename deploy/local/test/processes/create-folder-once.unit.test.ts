import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { createFolderOnce } from '../../processes/create-folder-once.ts'

const fillWith = (text: string) => (folder: string) => writeFile(join(folder, 'file'), text)

t.test('when two callers create a folder, the folder of the first to finish is kept', async t => {
  const dir = t.testdir()
  const path = join(dir, 'folder')
  const first = Promise.withResolvers<void>()
  const second = createFolderOnce(path, async folder => {
    await first.promise
    await fillWith('second')(folder)
  })
  await createFolderOnce(path, fillWith('first'))
  first.resolve()
  await second
  t.equal(await readFile(join(path, 'file'), 'utf8'), 'first')
  t.strictSame(await readdir(dir), ['folder'])
})

t.test('a failure leaves no folder', async t => {
  const dir = t.testdir()
  const failing = createFolderOnce(join(dir, 'folder'), async folder => {
    await fillWith('half')(folder)
    throw new Error('the download failed')
  })
  await t.rejects(failing, { message: 'the download failed' })
  t.strictSame(await readdir(dir), [])
})
