/** What happened in a simulation, in order. */
export interface Trace {
  note: (wall: number, who: string, what: string) => void
  /** A hash of everything that was noted. */
  hash: () => string
  events: () => number
}

/** @param print gets each line; without it only the hash is made */
export function makeTrace(print?: (line: string) => void): Trace {
  let [hash, events] = [0, 0]
  const mix = (text: string) => {
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  return {
    note(wall, who, what) {
      events += 1
      hash = Math.imul(hash ^ (wall | 0), 0x01000193)
      mix(who)
      mix(what)
      print?.(`${new Date(wall).toISOString()} ${who} ${what}`)
    },
    hash: () => (hash >>> 0).toString(16),
    events: () => events,
  }
}
