import { useState } from 'preact/hooks'
import { go } from '../address/address.ts'
import { runPath } from '../address/page-paths.ts'
import { isDay } from '../time/days.ts'
import { ownZone } from '../time/zone.ts'

/** Opens the run of a day and a time zone: days on which nobody completed anything are in no list. */
export function OpenRun() {
  const [day, setDay] = useState('')
  const [timeZone, setZone] = useState(ownZone.value)
  const open = (event: Event) => {
    event.preventDefault()
    if (isDay(day) && timeZone !== '') go(runPath({ day, timeZone }))
  }
  return (
    <form class="open-run" onSubmit={open}>
      <label>
        Day <input type="date" value={day} onInput={event => setDay(event.currentTarget.value)} required />
      </label>
      <label>
        in <input value={timeZone} onInput={event => setZone(event.currentTarget.value.trim())} required />
      </label>
      <button type="submit">Open</button>
    </form>
  )
}
