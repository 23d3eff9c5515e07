import { DaybookError } from '@daybook/shared/failures/errors'
import { localTime } from '@daybook/shared/time/days'
import { test } from 'tap'
import type { Static } from 'typebox'
import type { DefinitionBody } from '../../src/definitions/definition-schema.ts'
import { readDefinition } from '../../src/definitions/validate-definition.ts'
import { nextState } from '../../src/schedules/next-state.ts'
import type { UserSchedule } from '../../src/schedules/schedule.ts'
import { upcomingFirings } from '../../src/schedules/upcoming.ts'

type Body = Static<typeof DefinitionBody>

const now = new Date('2026-11-22T14:03:00Z')
const instants = ['0000-01-01T00:00:00Z', '1969-12-31T00:00:00Z', '9999-12-31T23:59:59.999Z', undefined]
const closed = [undefined, ['0000-01-01'], [{ from: '0000-01-01', to: '9999-12-31' }], ['9999-12-31']]

function* bodies(): Generator<Body> {
  for (const kind of [{ cron: '0 0 29 2 *' }, { every: 'PT1S' }, { at: instants[0] }, { at: instants[2] }])
    for (const start of instants)
      for (const end of instants)
        for (const exclude of closed)
          for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago'])
            yield JSON.parse(JSON.stringify({ ...kind, start, end, exclude, timeZone }))
}

/** Returns the upcoming slots of a schedule; undefined when its definition is refused. */
function upcomingSlots(body: Body): string[] | undefined {
  try {
    const rules = { defaultTimeZone: 'UTC', minInterval: 1000 }
    const definition = readDefinition(body, undefined, rules, now)
    const state = nextState('odd', undefined, definition, now)
    const schedule = { _id: 'odd', kind: 'user', version: 1, changes: [], ...state } as UserSchedule
    return upcomingFirings(schedule, 10, now).map(({ slot }) => localTime(slot, definition.timeZone))
  } catch (error) {
    if (error instanceof DaybookError) return undefined
    throw error
  }
}

test('a definition with dates or instants at the ends of the calendar is refused or has upcoming slots', async t => {
  const seen = [...bodies()].map(upcomingSlots)
  t.ok(seen.some(slots => slots === undefined))
  t.ok(seen.some(slots => slots?.length === 10))
})
