import type { Command, Plan } from '../../bulk/plan.ts'
import { type Action, actionNames } from '../job/job.ts'
import { carryOut, carryOutEach, countMatches, outcomeText } from './bulk.ts'
import { sendBulk, sendOne } from './send.ts'

const laterTexts: Record<Action, string> = {
  retry: 'Jobs that fail, expire or are cancelled only later are not touched.',
  cancel: 'Jobs that are added later are not touched.',
}

/** The command for all jobs of a filter. @param words say which jobs these are */
export const planFor = (action: Action, filter: object, words: string): Plan => ({
  verb: actionNames[action],
  words: `all ${words}`,
  thing: 'job',
  later: laterTexts[action],
  outcomeText: outcome => outcomeText(action, outcome),
  count: () => countMatches(sendBulk, action, filter),
  run: (counted, _, tell) => carryOut(sendBulk, { action, filter, counted }, tell),
})

/** The command for chosen jobs. */
export const commandFor = (action: Action, ids: readonly string[]): Command => ({
  verb: actionNames[action],
  words: ids.length === 1 ? `the job ${ids[0]}` : `${ids.length} selected jobs`,
  outcomeText: outcome => outcomeText(action, outcome),
  of: ids.length,
  run: tell => carryOutEach(sendOne, { action, ids }, tell),
})
