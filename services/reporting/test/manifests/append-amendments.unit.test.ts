import type { DayAmended } from '@daybook/shared/events'
import t from 'tap'
import type { KnownLog } from '../../src/logs/user-log-store.ts'
import { appendAmendments } from '../../src/manifests/append-amendments.ts'

const days = Array.from({ length: 300 }, (_, i) => new Date(i * 86_400_000).toISOString().slice(0, 10))

const amendedOn = (day: string) =>
  ({ data: { day, userId: 'alice', revision: 2, sha256: null, completions: 0 } }) as DayAmended

t.test('a backlog of amendments has few manifests open at the same time', async t => {
  const appended: string[] = []
  let [open, most] = [0, 0]
  const manifests = {
    async append({ day, timeZone }: { day: string; timeZone: string }) {
      open += 1
      most = Math.max(most, open)
      await new Promise(setImmediate)
      open -= 1
      appended.push(`${day} ${timeZone}`)
      return true
    },
  }
  const runsOf = (id: string) => [`${id.slice(0, 10)}@Europe/Berlin`, `${id.slice(0, 10)}@Asia/Tokyo`]
  const userLogs = {
    findAll: async (ids: string[]) => new Map(ids.map(id => [id, { runs: runsOf(id) } as KnownLog])),
  }
  await appendAmendments(days.map(amendedOn), { manifests, userLogs })
  t.strictSame(appended.sort(), days.flatMap(day => [`${day} Asia/Tokyo`, `${day} Europe/Berlin`]).sort())
  t.ok(most <= 8, `${most} at the same time`)
})
