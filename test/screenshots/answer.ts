import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Route } from '../browser/types.ts'
import { completed, day, log, month, NOW, open } from './fixtures.ts'
import { jobAnswers } from './jobs.ts'
import { endOfDaySchedules, runAnswers, runsAnswer } from './runs.ts'
import { scheduleAnswers, scheduleJobs } from './schedules.ts'
import { eventStream, tracedJobs, watching } from './watching.ts'

const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' }

// What does not depend on the query.
const answers: Record<string, unknown> = { ...jobAnswers, ...scheduleAnswers, ...runAnswers }

/** Makes the function that answers the requests of a page: with the files of the console, and with fixtures. */
export const answerFrom = (dist: string) => async (route: Route) => {
  const { pathname, searchParams } = new URL(route.request().url())
  const headers = { date: new Date(NOW).toUTCString() }
  const json = (body: unknown) =>
    route.fulfill({ status: 200, headers, contentType: 'application/json', body: JSON.stringify(body) })
  if (pathname === '/services/scheduler/jobs' && searchParams.has('schedule')) return json(scheduleJobs)
  if (pathname === '/services/scheduler/jobs' && searchParams.has('trace')) return json(tracedJobs)
  if (pathname.endsWith('/schedules') && searchParams.get('kind') === 'end-of-day')
    return json({ schedules: endOfDaySchedules, nextAfter: null })
  if (pathname === '/services/reporting/runs') return json(runsAnswer(searchParams.get('state')))
  const answer = answers[pathname] ?? watching(pathname, searchParams)
  if (answer !== undefined) return json(answer)
  switch (pathname) {
    case '/ui/config.json':
      return json({ oidc: null, timeZone: 'UTC', version: '0.1.0' })
    case '/services/tasks/tasks': {
      const tasks = searchParams.get('status') === 'open' ? open : completed
      return json({ tasks, nextCursor: null })
    }
    case '/services/reporting/days':
      return json(month)
    case `/services/reporting/days/${day.day}`:
      return json(day)
    case `/services/reporting/days/${day.day}/log`:
      return route.fulfill({ status: 200, headers, contentType: 'text/plain', body: log })
    case '/events':
      return route.fulfill({
        status: 200,
        headers,
        contentType: 'text/event-stream',
        body: eventStream,
      })
    default: {
      const file = pathname.startsWith('/ui/assets/') ? pathname.slice('/ui/'.length) : 'index.html'
      const contentType = types[file.split('.').at(-1) ?? ''] ?? 'text/html'
      return route.fulfill({ status: 200, contentType, body: await readFile(join(dist, file), 'utf8') })
    }
  }
}
