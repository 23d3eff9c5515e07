import { bytesOfEither, hexOf } from '../letters/hex.ts'

interface Props {
  text?: string | undefined
  /** The bytes in base64 when they are no text. */
  base64?: string | undefined
  /** How many bytes there are, when more than the shown ones are possible. */
  size?: number | null
}

/** A key, or the name or the value of a header: as text, or in hexadecimal when it is no UTF-8. */
export function ShortBytes({ text, base64, size }: Props) {
  if (text === undefined && base64 === undefined) return <span class="quiet">none</span>
  const bytes = bytesOfEither(text, base64)
  const hex = base64 === undefined ? undefined : hexOf(bytes)
  const isCut = typeof size === 'number' && bytes.length < size
  return (
    <>
      <code>{hex ?? text}</code>
      {hex !== undefined && <span class="why">bytes: it is no text</span>}
      {isCut && (
        <span class="why">
          the first {bytes.length.toLocaleString('en')} of {size.toLocaleString('en')} bytes
        </span>
      )}
    </>
  )
}
