import { go, href } from '../address/address.ts'
import { noteLeft } from './left-by.ts'

/** Makes clicks on links to pages of the console show the page without loading the console again. */
export function followLinks(): void {
  document.addEventListener('click', event => {
    const link = (event.target as Element).closest?.('a')
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    if (
      !link ||
      !isPlain ||
      event.defaultPrevented ||
      link.target !== '' ||
      link.hash !== '' ||
      link.hasAttribute('download')
    )
      return
    const to = new URL(link.href)
    if (to.origin !== window.location.origin || !to.pathname.startsWith(href('/'))) return
    event.preventDefault()
    noteLeft(link)
    go(`${to.pathname.slice(href('').length)}${to.search}`)
  })
}
