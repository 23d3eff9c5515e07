import { path } from '../address/address.ts'
import { LetterDetail } from './detail/letter-detail.tsx'
import { services } from './letters/letter.ts'
import { LetterLists } from './lists/letter-lists.tsx'

/** Messages that a service could not handle: which errors, how often, and what to do with them. */
export function DeadLettersPage() {
  const [, first, id] = path.value
  const service = services.find(name => name === first)
  if (service !== undefined && id !== undefined) return <LetterDetail key={id} service={service} id={id} />
  return <LetterLists />
}
