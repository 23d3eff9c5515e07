import { createServer } from 'node:net'
import t from 'tap'
import { LOCALHOST, usablePorts } from '../../processes/ports.ts'

t.test('chosen ports differ, and are none that the system gives to outgoing connections', async t => {
  const ports = await usablePorts(Array(200).fill(0), 'the test', 'run it again')
  t.equal(new Set(ports).size, 200)
  t.ok(ports.every(port => port >= 20_000 && port < 32_000))
})

t.test('a port in use is an error that says what to do', async t => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, LOCALHOST, resolve))
  t.teardown(() => server.close())
  const { port } = server.address() as { port: number }
  await t.rejects(usablePorts([port], 'Kafka', 'set KAFKA_PORT'), {
    message: `Kafka: port ${port} of 127.0.0.1 is in use: free it, or set KAFKA_PORT`,
  })
})
