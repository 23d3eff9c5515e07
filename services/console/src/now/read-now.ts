import type { Gateway, Reporting, Scheduler, Tasks } from '@daybook/client'
import type { Problem } from '../api/problem.ts'
import { gatewayApi, reportingApi, schedulerApi, tasksApi } from '../api/services.ts'

export const serviceNames = ['tasks', 'reporting', 'scheduler'] as const
export type ServiceName = (typeof serviceNames)[number]

/** What a service answered, or why it did not. */
export interface Answer<T> {
  data?: T | undefined
  problem?: Problem | undefined
}

/** Counts of each minute, by what is counted. */
export type Series = Record<string, readonly number[]>

/** What a service counted. */
export interface RatesRead {
  /** When it was read. */
  at: string
  /** When the first minute began. */
  from: string
  series: Series
}

/** What a service says about itself. */
export interface ServiceNow {
  alarms: Answer<Tasks.Alarms>
  rates: Answer<RatesRead>
  waiting: Answer<Tasks.Waiting>
}

/** What all parts of Daybook say. Each can be missing while the others are there. */
export interface NowRead {
  status: Answer<Gateway.Status>
  services: Record<ServiceName, ServiceNow>
}

// Shorter than the time between two looks, so that a service that hangs is seen.
const ANSWER_MS = 8000
const SHOWN_MINUTES = 60

/** Asks all parts of Daybook, at the same time. */
export async function readNow(stop: AbortSignal): Promise<{ data: NowRead }> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(ANSWER_MS)])
  const rates = { params: { query: { minutes: SHOWN_MINUTES } }, signal }
  const [status, tasks, reporting, scheduler] = await Promise.all([
    answerOf(gatewayApi.GET('/status', { signal })),
    serviceOf([
      tasksApi.GET('/alarms', { signal }),
      tasksApi.GET('/rates', rates),
      tasksApi.GET('/waiting', { signal }),
    ]),
    serviceOf([
      reportingApi.GET('/alarms', { signal }),
      reportingApi.GET('/rates', rates),
      reportingApi.GET('/waiting', { signal }),
    ]),
    serviceOf([
      schedulerApi.GET('/alarms', { signal }),
      schedulerApi.GET('/rates', rates),
      schedulerApi.GET('/waiting', { signal }),
    ]),
  ])
  return { data: { status, services: { tasks, reporting, scheduler } } }
}

type Asked<T> = Promise<{ data?: T; error?: unknown }>
type Rates = Tasks.Rates | Reporting.Rates | Scheduler.Rates

async function serviceOf([alarms, rates, waiting]: [
  Asked<Tasks.Alarms>,
  Asked<Rates>,
  Asked<Tasks.Waiting>,
]): Promise<ServiceNow> {
  const [ofAlarms, ofRates, ofWaiting] = await Promise.all([
    answerOf(alarms),
    answerOf(rates),
    answerOf(waiting),
  ])
  const counted = ofRates.data && { ...ofRates.data, series: { ...ofRates.data.series } }
  return { alarms: ofAlarms, rates: { data: counted, problem: ofRates.problem }, waiting: ofWaiting }
}

async function answerOf<T>(asked: Asked<T>): Promise<Answer<T>> {
  try {
    const { data, error } = await asked
    return { data, problem: error as Problem | undefined }
  } catch (error) {
    // The time is over, or the page does not wait for it any more.
    if (error instanceof DOMException) return { problem: noAnswer }
    throw error
  }
}

const noAnswer: Problem = {
  type: 'urn:daybook:console:NO_ANSWER',
  title: 'No answer',
  status: 503,
  detail: `There was no answer within ${ANSWER_MS / 1000} s.`,
}

/** Reads the rates of a service for the last 24 hours. */
export async function readDayOfRates(service: ServiceName, signal: AbortSignal) {
  const params = { params: { query: { minutes: 1440 } }, signal }
  const asked: Record<ServiceName, () => Asked<Rates>> = {
    tasks: () => tasksApi.GET('/rates', params),
    reporting: () => reportingApi.GET('/rates', params),
    scheduler: () => schedulerApi.GET('/rates', params),
  }
  const { data, error } = await asked[service]()
  return data === undefined
    ? { error: error as Problem }
    : { data: { from: data.from, series: { ...data.series } as Series } }
}
