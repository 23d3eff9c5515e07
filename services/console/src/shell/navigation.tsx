import { go, href } from '../address/address.ts'
import { useKeys } from '../keys/keys.ts'
import { isAdmin } from '../session/session.ts'
import { type Page, pages } from './pages.ts'

/** The links to the pages that the person may use. */
export function Navigation({ shown }: { shown: Page | undefined }) {
  const allowed = pages.filter(page => isAdmin.value || !page.isForOperators)
  useKeys(
    allowed.map(({ name, title, key }) => ({ key: `g ${key}`, does: title, run: () => go(`/${name}`) })),
  )
  return (
    <nav aria-label="Pages">
      <ul>
        {allowed.map(page => (
          <li key={page.name}>
            <a href={href(`/${page.name}`)} aria-current={page === shown ? 'page' : undefined}>
              {page.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
