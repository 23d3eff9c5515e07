import { isFocusSeen } from '../elements/lists/focus.ts'

/** The link by which a person left a page with a key. The history of the browser keeps it with the page. */

/** Notes the link that is followed now. */
export function noteLeft(link: HTMLAnchorElement): void {
  const hasFocus = document.activeElement === link && isFocusSeen()
  window.history.replaceState(hasFocus ? { left: link.getAttribute('href') } : null, '')
}

/**
 * Gives the focus to the link by which the page was left, when Back or Forward shows it again. A list may be read first: until then
 * the focus stays where it is, and a person who moves it meanwhile keeps it.
 * @returns stops waiting for the link
 */
export function focusOnLeft(page: HTMLElement): (() => void) | undefined {
  const { left } = (window.history.state ?? {}) as { left?: string }
  if (left === undefined) return undefined
  const from = document.activeElement
  const look = () => {
    if (document.activeElement !== from) return observer.disconnect()
    const link = page.querySelector<HTMLElement>(`a[href="${CSS.escape(left)}"]`)
    link?.focus()
    // When all is read, a link that is not there is not waited for.
    if (link !== null || page.querySelector('.loading') === null) observer.disconnect()
  }
  const observer = new MutationObserver(look)
  observer.observe(page, { childList: true, subtree: true })
  look()
  return () => observer.disconnect()
}
