import { isInstant } from '../../time/instant.ts'
import { type LetterFilter, type Service, services } from './letter.ts'

/** Which letters the page shows: the conditions in its address. */

const names = ['topic', 'group', 'key', 'error', 'errorGroup', 'text', 'from', 'before'] as const

/** Reads the conditions of an address. */
export const filterOf = (query: URLSearchParams): LetterFilter =>
  Object.fromEntries(
    names.flatMap(name => {
      const value = query.get(name)
      const isTime = name === 'from' || name === 'before'
      const isMeant = value !== '' || name === 'errorGroup'
      return value !== null && isMeant && (!isTime || isInstant(value)) ? [[name, value] as const] : []
    }),
  )

/** Changes of the query that remove all conditions but the service. */
export const noConditions: Record<string, undefined> = Object.fromEntries(
  [...names, 'cursor'].map(name => [name, undefined]),
)

/** Reads the service of an address; undefined: none is chosen. */
export const serviceOf = (query: URLSearchParams): Service | undefined =>
  services.find(name => name === query.get('service'))

/** The path and query of the letters of a service that meet conditions. */
export const lettersPath = (service: Service, filter: LetterFilter): string =>
  `/dead-letters?${new URLSearchParams({ service, ...filter })}`

/** The path of a letter. */
export const letterPath = (service: Service, id: string): string =>
  `/dead-letters/${service}/${encodeURIComponent(id)}`

/** Says which letters are meant: `of daybook.tasks, handled by reporting-projection, with "timeZone" in the error`. */
export function inWords(service: Service, filter: LetterFilter, timeOf: (instant: string) => string): string {
  const { topic, group, key, error, errorGroup, text, from, before } = filter
  const parts = [
    topic && `of the topic ${topic}`,
    group && `of the consumer group ${group}`,
    key && `with the key ${key}`,
    errorGroup && `with errors like "${errorGroup}"`,
    errorGroup === '' && 'with an error without text',
    error && `with "${error}" in the error`,
    text && `with "${text}" in the error, key, headers or value`,
    from && `parked since ${timeOf(from)}`,
    before && `parked before ${timeOf(before)}`,
  ]
  return [`dead letters of ${service}`, ...parts.filter(Boolean)].join(', ')
}
