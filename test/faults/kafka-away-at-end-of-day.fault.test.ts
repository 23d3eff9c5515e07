import { dataOf } from '@daybook/client'
import { LONG, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { agree } from '../support/agree.ts'
import { stackWithDedicatedKafka } from '../support/dedicated-servers.ts'
import { startLoad } from '../support/load.ts'
import { settled } from '../support/settled.ts'
import { startSystem } from '../support/system.ts'

// The people send about 60 commands a second. In the long version Kafka is away for more than 30 seconds.
const AWAY = LONG ? 1500 : 150

t.test(
  'when Kafka and a process of tasks were away before the end of a day, the first report has everything',
  async t => {
    const kafka = await stackWithDedicatedKafka(t)
    const system = await startSystem(t, { stack: kafka.stack, env: { TIME_ZONES: 'UTC' } })
    const load = startLoad(t, system, { people: 5 })
    await load.more(50)
    await kafka.kill()
    await load.more(AWAY)
    // What this process has answered, others must publish.
    await system.crash('tasks')
    await load.more(AWAY)
    await load.stop()
    const ended = await dataOf(
      system.operator('scheduler').POST('/end-of-day', { body: { timeZone: 'UTC' } }),
    )
    await kafka.restart()

    const reports = await watchTopic(t, kafka.stack, 'daybook.reports')
    const report = await until('the day is reported', () => reports[0])
    t.equal(report.headers.ce_type, 'DayReported')
    t.match(report.value, { day: ended.day, timeZone: 'UTC', failures: 0 })
    await settled(t, kafka.stack)
    await agree(t, system, load.answered)
    // `agree` has compared these with all answered commands. A command without an answer may have succeeded too.
    const completions = await kafka.stack.db.collection('completions').countDocuments({ takenBack: false })
    t.equal(report.value.completions, completions)
    t.strictSame(
      reports.map(({ headers }) => headers.ce_type).filter(type => type !== 'DayReported'),
      [],
      'no log is amended',
    )
  },
)
