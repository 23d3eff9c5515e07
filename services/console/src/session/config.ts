import { noteServerTime } from '../time/clock.ts'
import { ownZone } from '../time/zone.ts'

/** What the gateway tells everybody about this installation. */
export interface Config {
  /** The issuer of tokens at which people sign in; null: they bring a token. */
  oidc: { issuer: string; clientId: string; scope: string } | null
  /** The time zone of the days of a person whose token has none. */
  timeZone: string
  version: string
}

/** Reads /ui/config.json. Without an answer the console works without an issuer. */
export async function readConfig(): Promise<Config> {
  const none = { oidc: null, timeZone: ownZone.peek(), version: '' }
  try {
    const response = await fetch('/ui/config.json')
    // Before the session is looked at: by a clock that is wrong it is over.
    noteServerTime(response.headers.get('date'))
    return response.ok ? ((await response.json()) as Config) : none
  } catch (error) {
    reportError(error)
    return none
  }
}
