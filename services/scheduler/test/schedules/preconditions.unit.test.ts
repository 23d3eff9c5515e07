import { etagOf } from '@daybook/shared/http'
import { test } from 'tap'
import { checkPreconditions, type Preconditions } from '../../src/schedules/preconditions.ts'

/** Whether a request with these headers may go on, or the code of its problem. */
function verdict(headers: Preconditions, version: number | undefined): string {
  try {
    checkPreconditions(headers, version)
    return 'goes on'
  } catch (error) {
    return (error as { code: string }).code
  }
}

const changed = 'DAYBOOK_SCHEDULE_CHANGED'
const invalid = 'DAYBOOK_REQUEST_INVALID'
const cases: [headers: Preconditions, version: number | undefined, verdict: string][] = [
  [{}, undefined, 'goes on'],
  [{}, 3, 'goes on'],
  [{ 'if-match': etagOf(3) }, 3, 'goes on'],
  [{ 'if-match': '"2" , "3"' }, 3, 'goes on'],
  [{ 'if-match': ', "3"' }, 3, 'goes on'],
  [{ 'if-match': '"a,3",' }, 3, changed],
  [{ 'if-match': '*' }, 3, 'goes on'],
  [{ 'if-match': '"2"' }, 3, changed],
  [{ 'if-match': '"33"' }, 3, changed],
  [{ 'if-match': 'W/"3"' }, 3, changed],
  [{ 'if-match': '"3"' }, undefined, changed],
  [{ 'if-match': '*' }, undefined, changed],
  [{ 'if-none-match': '*' }, undefined, 'goes on'],
  [{ 'if-none-match': '"2"' }, 3, 'goes on'],
  [{ 'if-none-match': '*' }, 3, changed],
  [{ 'if-none-match': '"3"' }, 3, changed],
  [{ 'if-none-match': 'W/"3"' }, 3, changed],
  [{ 'if-match': '3' }, 3, invalid],
  [{ 'if-match': '' }, 3, invalid],
  [{ 'if-match': '"3" "4"' }, 3, invalid],
  [{ 'if-match': '*, "3"' }, 3, invalid],
  [{ 'if-match': '"2"', 'if-none-match': 'x' }, 3, invalid],
  [{ 'if-none-match': 'x' }, undefined, invalid],
]

for (const [headers, version, expected] of cases) {
  test(`${JSON.stringify(headers)} at version ${version}: ${expected}`, async t => {
    t.equal(verdict(headers, version), expected)
  })
}
