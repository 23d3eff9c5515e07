const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const SHORT = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const nicknames: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
}

/**
 * Says in words when a cron expression fires.
 * @returns undefined for an expression that is easier to read as it is
 */
export function cronWords(cron: string): string | undefined {
  const fields = fieldsOf(cron)
  if (fields === undefined) return undefined
  const [minute = '', hour = '', date = '', month = '', weekday = ''] = fields
  if (month !== '*') return undefined
  const days = dayWords(date, weekday)
  if (days === undefined) return undefined
  const times = timesOf(minute, hour)
  if (times !== undefined) return `${days} at ${listed(times)}`
  const often = days === 'Every day' ? repeatWords(minute, hour) : undefined
  return often
}

/** The five fields; undefined for an expression with a second other than 0. */
function fieldsOf(cron: string): string[] | undefined {
  const text = cron.trim().toLowerCase()
  const fields = (nicknames[text] ?? text).split(/ +/).map(field => (field === '?' ? '*' : field))
  if (fields.length === 5) return fields
  return fields.length === 6 && fields[0] === '0' ? fields.slice(1) : undefined
}

const isNumber = (text: string) => /^\d{1,2}$/.test(text)
const padded = (text: string) => text.padStart(2, '0')
const listed = (words: readonly string[]) =>
  words.length === 1 ? `${words[0]}` : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

function timesOf(minute: string, hour: string): string[] | undefined {
  const hours = hour.split(',')
  if (!isNumber(minute) || !hours.every(isNumber) || hours.length > 4) return undefined
  return hours.map(one => `${padded(one)}:${padded(minute)}`)
}

function repeatWords(minute: string, hour: string): string | undefined {
  const [minutes, hours] = [stepOf(minute, 60), stepOf(hour, 24)]
  if (hour === '*' && minutes !== undefined)
    return minutes === 1 ? 'Every minute' : `Every ${minutes} minutes`
  if (!isNumber(minute) || hours === undefined) return undefined
  return hours === 1 ? `Every hour at minute ${minute}` : `Every ${hours} hours at minute ${minute}`
}

/** The step of a field, when it divides the whole without a rest. */
function stepOf(field: string, size: number): number | undefined {
  if (field === '*') return 1
  const step = Number(/^\*\/(\d+)$/.exec(field)?.[1])
  return size % step === 0 ? step : undefined
}

function dayWords(date: string, weekday: string): string | undefined {
  if (weekday === '*') {
    if (date === '*') return 'Every day'
    if (isNumber(date)) return `Day ${date} of each month`
    return date === 'l' ? 'The last day of each month' : undefined
  }
  if (date !== '*') return undefined
  const [first, last, ...more] = weekday.split('-').map(nameOf)
  if (weekday.includes('-')) return first && last && more.length === 0 ? `${first} to ${last}` : undefined
  const names = weekday.split(',').map(nameOf)
  if (names.includes(undefined)) return undefined
  return names.length === 1 ? `Every ${names[0]}` : listed(names as string[])
}

const nameOf = (day: string): string | undefined =>
  DAYS[/^[0-7]$/.test(day) ? Number(day) : SHORT.indexOf(day)]
