import t from 'tap'
import { run } from '../../processes/run.ts'

const env = { PATH: process.env.PATH }

t.test('the output has both streams, with the final newline', async t => {
  const script = 'echo out; sleep 0.1; echo err >&2'
  t.strictSame(await run('sh', ['-c', script], { env }), {
    exitCode: 0,
    notFound: false,
    output: 'out\nerr\n',
  })
})

t.test('a command that fails is a result with its exit code', async t => {
  t.match(await run('sh', ['-c', 'exit 3'], { env }), { exitCode: 3, notFound: false })
  t.match(await run('sh', ['-c', 'kill -9 $$'], { env }), { exitCode: undefined, notFound: false })
})

t.test('a command that does not exist is a result', async t => {
  t.strictSame(await run('no-such-command', [], { env }), {
    exitCode: undefined,
    notFound: true,
    output: '',
  })
})

t.test('a command that may not be executed is an error of the system', async t => {
  const file = `${t.testdir({ file: '' })}/file`
  await t.rejects(run(file, [], { env }), { code: 'EACCES', syscall: /^spawn/ })
})

t.test('a command gets exactly the given environment', async t => {
  process.env.OF_THIS_PROCESS = 'yes'
  t.teardown(() => delete process.env.OF_THIS_PROCESS)
  const { output } = await run('env', [], { env: { ...env, GIVEN: 'yes' } })
  t.match(output, 'GIVEN=yes')
  t.notMatch(output, 'OF_THIS_PROCESS')
})

t.test('an abort ends the command and rejects with its reason', async t => {
  const signal = AbortSignal.timeout(100)
  const began = Date.now()
  await t.rejects(run('sleep', ['60'], { env, signal }), { name: 'TimeoutError' })
  t.ok(Date.now() - began < 30_000)
})
