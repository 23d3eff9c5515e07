import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commonSettings } from '@daybook/shared/config/common-settings'
import { test } from 'tap'
import { parse } from 'yaml'
import { settings as gateway } from '../../../services/gateway/src/config.ts'
import { settings as reporting } from '../../../services/reporting/src/config.ts'
import { settings as scheduler } from '../../../services/scheduler/src/config.ts'
import { settings as tasks } from '../../../services/tasks/src/config.ts'
import { ROOT } from '../../local/paths.ts'

/** What cannot be chosen in the stack of docker-compose.yml. */
const fixed = [
  // Its Kafka has one broker and no login, its MongoDB is of its own.
  /^KAFKA_(TLS|SASL)/,
  ...[/^TOPIC_/, /^MONGODB_DATABASE$/, /^CONSUMER_STALL_SECONDS$/],
  // A container listens on all of its addresses, and gets its secret as a file.
  ...[/^HOST$/, /^AUTH_SECRET$/],
  // The image has the console, all processes have all roles, and log files are in a folder.
  ...[/^CONSOLE_DIR$/, /^ROLES$/, /^S3_/],
]

const compose = async () => parse(await readFile(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true })

test('the gateway, and so the console, starts also when a service is not healthy', async t => {
  const { services } = await compose()
  const started = { condition: 'service_started' }
  t.strictSame(services.gateway.depends_on, { tasks: started, reporting: started, scheduler: started })
})

test('each setting of a service can be set in the stack of docker-compose.yml', async t => {
  const { services } = await compose()
  for (const [name, own] of Object.entries({ tasks, reporting, scheduler, gateway })) {
    const names = Object.keys({ ...commonSettings, ...own })
    const missing = names.filter(
      one => !(one in services[name].environment) && !fixed.some(left => left.test(one)),
    )
    t.strictSame(missing, [], name)
  }
})
