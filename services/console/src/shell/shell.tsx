import { useEffect, useState } from 'preact/hooks'
import { go, href, path } from '../address/address.ts'
import { opened } from '../address/opened-heading.tsx'
import { LeftBulk } from '../bulk/bulk-state.tsx'
import { Announcer } from '../elements/announcer.tsx'
import { Empty } from '../elements/states.tsx'
import { useKeys } from '../keys/keys.ts'
import { isAdmin } from '../session/session.ts'
import { HelpDialog } from './help-dialog.tsx'
import { Navigation } from './navigation.tsx'
import { type Page, pages } from './pages.ts'
import { PreferencesMenu } from './preferences-menu.tsx'
import { SignInFault } from './sign-in-fault.tsx'
import { StatusStrip } from './status-strip.tsx'
import { useHeadingFocus } from './use-heading-focus.ts'

/** What is around every page. */
export function Shell() {
  const [isHelpShown, showHelp] = useState(false)
  useKeys([{ key: '?', does: 'These keys', run: () => showHelp(true) }])
  const name = path.value[0]
  const page = pages.find(one => one.name === name && (isAdmin.value || !one.isForOperators))
  useEffect(() => {
    if (name === undefined) go('/today', { replace: true })
  }, [name])
  useEffect(() => {
    document.title = [opened.value, page?.title, 'Daybook'].filter(name => name !== undefined).join(' - ')
  }, [page, opened.value])
  useHeadingFocus()
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <header class="top">
        <a class="brand" href={href('/today')}>
          Daybook
        </a>
        <Navigation shown={page} />
        <PreferencesMenu onHelp={() => showHelp(true)} />
      </header>
      <StatusStrip />
      <main id="content" tabIndex={-1}>
        <SignInFault />
        <LeftBulk />
        {page ? <Shown page={page} /> : name !== undefined && <NoPage />}
      </main>
      <Announcer />
      {isHelpShown && <HelpDialog onClose={() => showHelp(false)} />}
    </>
  )
}

const Shown = ({ page: { name, title, Content } }: { page: Page }) => (
  <div class={`page page-${name}`}>
    <h1 tabIndex={-1}>{title}</h1>
    <Content key={name} />
  </div>
)

const NoPage = () => (
  <Empty>
    <h1 tabIndex={-1}>No such page</h1>
    <p>
      Nothing is at this address. It may be a page for operators, which a token without the scope admin does
      not show. <a href={href('/today')}>Show today</a>
    </p>
  </Empty>
)
