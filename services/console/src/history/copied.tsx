import { announce } from '../elements/announcer.tsx'

/** An id with a button that copies it. Pages without TLS cannot copy: there the id can be selected. */
export function Copied({ text }: { text: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    announce('Copied')
  }
  return (
    <span class="copied">
      <code>{text}</code>
      {'clipboard' in navigator && (
        <button type="button" class="plain" onClick={copy} aria-label={`Copy ${text}`}>
          Copy
        </button>
      )}
    </span>
  )
}
