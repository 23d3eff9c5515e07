import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { LONG } from '@daybook/shared/testing'
import t from 'tap'
import { ROOT } from '../../local/paths.ts'

const compile = join(import.meta.dirname, '..', 'compile.ts')
// Says at the end whether Node has loaded its parser of TypeScript.
const tell = `data:text/javascript,process.on('exit', () => console.log(process.moduleLoadList.some(name => name.includes('amaro')) ? 'has parsed' : 'has not parsed'))`

t.test('a service whose modules are compiled does not load a parser of TypeScript', async t => {
  const NODE_COMPILE_CACHE = t.testdir()
  const { PATH } = process.env
  const env = { PATH, NODE_COMPILE_CACHE }
  await promisify(execFile)(process.execPath, [compile], { env })
  const services = LONG ? await readdir(join(ROOT, 'services')) : ['tasks']
  const programs = services.map(name => `services/${name}/src/main.ts`)
  for (const program of [...programs, 'services/reporting/src/logs/files/file-thread.ts']) {
    const outputOf = (more: Record<string, string>) =>
      new Promise(resolve => {
        const args = ['--import', tell, join(ROOT, program)]
        execFile(process.execPath, args, { env: { ...env, ...more } }, (_error, stdout) => resolve(stdout))
      })
    t.match(await outputOf({}), 'has not parsed', program)
    t.match(await outputOf({ NODE_DISABLE_COMPILE_CACHE: '1' }), 'has parsed', `${program} without the cache`)
  }
})
