import { toMessage } from '@daybook/shared/events'
import { received, stopTime } from '@daybook/shared/testing'
import t from 'tap'
import type { Completions } from '../../src/projection/completion-store.ts'
import { projector } from '../../src/projection/projector.ts'
import { completed } from '../support/reporting.ts'

t.test(
  'a batch is written and checked at once, and the next fetch waits until 20 ms after its start',
  async t => {
    const time = stopTime(t)
    const steps: string[] = []
    const times: unknown[] = []
    const apply: Completions['apply'] = async documents => {
      steps.push('written')
      times.push(...documents.map(({ projectedAt }) => projectedAt))
    }
    const { handle } = projector({
      completions: { apply } as unknown as Completions,
      park: async () => void steps.push('parked'),
      amend: async () => void steps.push('checked'),
    })
    const begin = new Date()
    const message = received(toMessage(completed('alice', '2026-03-10'), 'alice'))
    const handled = handle([message], async () => undefined).then(() => steps.push('handled'))
    await time.pass(0)
    await time.pass(19)
    t.strictSame(steps, ['written', 'checked'])
    await time.pass(1)
    t.strictSame(steps, ['written', 'checked', 'handled'])
    await handled
    t.strictSame(times, [begin], 'a document has the time of its batch')
  },
)
