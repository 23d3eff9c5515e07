/** The paths of the pages about one thing, for `go` and `href`. */

export const taskPath = (id: string): string => `/history/${encodeURIComponent(id)}`

/** The page of all that was done in a trace. */
export const tracePath = (trace: string): string => `/history?trace=${trace}`

export const runPath = ({ day, timeZone }: { day: string; timeZone: string }): string =>
  `/runs/${day}/${encodeURIComponent(timeZone)}`

export const jobPath = (id: string): string => `/jobs/${encodeURIComponent(id)}`

/** The names of some schedules have a slash. */
export const schedulePath = (name: string): string => `/schedules/${encodeURIComponent(name)}`
