import { setTimeout as sleep } from 'node:timers/promises'
import { stopTime } from '@daybook/shared/testing'
import { test } from 'tap'
import { keeping, keepingEach } from '../../src/async/keeping.ts'

test('an answer is kept for twenty times as long as the question took', async t => {
  const time = stopTime(t)
  let asked = 0
  const ask = keeping(async () => {
    asked += 1
    await sleep(100)
    return asked
  })
  const both = Promise.all([ask(), ask()])
  await time.pass(100)
  t.strictSame(await both, [1, 1], 'questions at the same time share the answer')
  await time.pass(1999)
  t.equal(await ask(), 1)
  await time.pass(1)
  t.equal(await time.skipUntil(ask()), 2)
})

test('a failure is not kept', async t => {
  let asked = 0
  const ask = keeping(async () => {
    asked += 1
    if (asked === 1) throw new Error('away')
    return asked
  })
  await t.rejects(ask(), { message: 'away' })
  t.equal(await ask(), 2)
})

test('each question has an answer of its own, and the oldest question is forgotten first', async t => {
  stopTime(t)
  const asked: string[] = []
  const kept = keepingEach<string>(2)
  const ask = (question: string) =>
    kept(question, async () => {
      asked.push(question)
      await sleep(0)
      return question
    })
  const answers = [ask('a'), ask('b'), ask('a'), ask('c'), ask('a'), ask('b')]
  t.strictSame(asked, ['a', 'b', 'c', 'b'])
  t.equal(answers[0], answers[4])
})
