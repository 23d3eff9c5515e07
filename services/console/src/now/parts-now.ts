import type { Gateway } from '@daybook/client'
import { type Part, partNames } from '../api/parts.ts'
import type { Tone } from '../elements/mark.tsx'
import { inOrder, type ServiceAlarm } from './alarm-link.ts'
import { type Consumer, type GroupLag, lagsOf } from './lag.ts'
import { type NowRead, type ServiceName, type ServiceNow, serviceNames } from './read-now.ts'

export type PartState = Gateway.PartStatus['state']

/** A part of Daybook as it is now. */
export interface PartNow {
  name: Part
  state: PartState
  /** Since when it is in that state; undefined when nobody knows. */
  since: string | undefined
  /** What is wrong, by what is concerned. */
  troubles: Record<string, string>
  /** The version that runs; undefined when the part does not tell it. */
  version: string | undefined
  /** Undefined: the part has no consumers, or does not say how far they are. */
  lags: readonly GroupLag[] | undefined
  /** Undefined: the part is no service. */
  service: ServiceNow | undefined
}

export const titles: Record<Part, string> = {
  gateway: 'Gateway',
  tasks: 'Tasks',
  reporting: 'Reporting',
  scheduler: 'Scheduler',
  kafka: 'Kafka',
  mongodb: 'MongoDB',
}

export const stateWords: Record<PartState, { word: string; tone: Tone }> = {
  ok: { word: 'works', tone: 'good' },
  'not ready': { word: 'not ready', tone: 'bad' },
  'no answer': { word: 'no answer', tone: 'idle' },
  unknown: { word: 'not known', tone: 'idle' },
}

/**
 * The parts, always all of them in the same order.
 * @param gatewayAway since when the gateway does not answer this browser, in milliseconds since 1970
 */
export function partsOf({ status, services }: NowRead, gatewayAway: number | undefined): PartNow[] {
  const found = new Map(status.data?.parts.map(part => [part.name, part]))
  const isAway = status.data === undefined && gatewayAway !== undefined
  return partNames.map(name => {
    const part = found.get(name)
    const service = isService(name) ? services[name] : undefined
    const unseen: PartState = name === 'gateway' && isAway ? 'no answer' : 'unknown'
    const isSeen = part !== undefined && part.state !== 'no answer'
    return {
      name,
      state: part?.state ?? unseen,
      since: part?.since ?? (unseen === 'no answer' ? new Date(gatewayAway ?? 0).toISOString() : undefined),
      troubles: part?.troubles ?? {},
      version: part?.version,
      lags: isSeen && part.consumers ? lagsOf(part.consumers as unknown as Consumer[]) : undefined,
      service,
    }
  })
}

export const isService = (name: string): name is ServiceName => serviceNames.some(one => one === name)

/** The versions of Daybook that run. Undefined is among them when a part that answers does not tell its own. */
export const versionsOf = (parts: readonly PartNow[]): ReadonlySet<string | undefined> =>
  new Set(
    parts
      .filter(({ name, state }) => (name === 'gateway' || isService(name)) && isAnswering(state))
      .map(({ version }) => version),
  )

const isAnswering = (state: PartState) => state === 'ok' || state === 'not ready'

/** The alarms of all services, with what could not be looked for. */
export function alarmsOf({ services }: NowRead): { alarms: ServiceAlarm[]; unknown: string[] } {
  const all = serviceNames.map(service => ({ service, ...services[service].alarms }))
  return {
    alarms: inOrder(
      all.flatMap(({ service, data }) => (data?.alarms ?? []).map(alarm => ({ ...alarm, service }))),
    ),
    unknown: all.flatMap(({ service, data }) =>
      data === undefined ? [service] : data.unknown.map(({ kind }) => `${kind} of ${service}`),
    ),
  }
}
