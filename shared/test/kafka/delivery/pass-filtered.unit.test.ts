import { EventEmitter } from 'node:events'
import type { Consumer } from 'kafkajs'
import { test } from 'tap'
import { passFiltered } from '../../../src/kafka/delivery/pass-filtered.ts'

test('a consumer is told of batches that kafkajs filters out, and not of those that it may not have handled', t => {
  const emitter = new EventEmitter()
  const events = { START_BATCH_PROCESS: 'start', END_BATCH_PROCESS: 'end' }
  const passed: unknown[] = []
  const noteGiven = passFiltered({ on: emitter.on.bind(emitter), events } as unknown as Consumer, (...args) =>
    passed.push(args),
  )
  const start = (partition: number) => emitter.emit('start', { payload: { partition } })
  const end = (partition: number, lastOffset: string) =>
    emitter.emit('end', { payload: { partition, lastOffset } })
  start(0)
  noteGiven(0)
  // Meanwhile another partition gets only the mark of a transaction.
  start(1)
  end(1, '7')
  end(0, '4')
  t.strictSame(passed, [[1, 8n]])
  // A batch of partition 0 that failed has no end.
  start(0)
  noteGiven(0)
  start(0)
  end(0, '5')
  t.strictSame(passed, [
    [1, 8n],
    [0, 6n],
  ])
  t.end()
})
