// Publishes the states of tasks as the tasks service does, in a process of its own and in a consumer group of its own, so that
// `npm run bench -- states` can tell what it costs from what commands cost.
import { connectKafka } from '@daybook/shared/kafka'
import { connectMongo } from '@daybook/shared/mongo/connect-mongo'
import { silent } from '@daybook/shared/testing'
import { openEventStore } from '../services/tasks/src/events/event-store.ts'
import { publishStates } from '../services/tasks/src/state/publish-states.ts'
import { openTaskView } from '../services/tasks/src/view/view-store.ts'

const { uri, database, brokers, group } = JSON.parse(process.argv[2] ?? '')

const onCrash = (error: Error) => {
  throw error
}
const mongo = await connectMongo({ uri, database, log: silent, signal: new AbortController().signal })
const kafka = await connectKafka({ brokers, prefix: '', service: 'bench', topics: [], log: silent, onCrash })
const [store, view] = [await openEventStore(mongo), await openTaskView(mongo)]
const park = async (_: unknown, error: Error) => onCrash(error)
await kafka.consume({ ...publishStates({ store, view, kafka, park, log: silent }), group })
