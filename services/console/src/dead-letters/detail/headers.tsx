import { type Column, DataTable } from '../../elements/data-table.tsx'
import type { Letter } from '../letters/letter.ts'
import { ShortBytes } from './short-bytes.tsx'

type Row = Letter['headers'][number] & { place: number }

const columns: readonly Column<Row>[] = [
  { title: 'Name', cell: ({ name, nameBase64 }) => <ShortBytes text={name} base64={nameBase64} /> },
  {
    title: 'Value',
    cell: ({ value, valueBase64, valueBytes }) => (
      <ShortBytes text={value} base64={valueBase64} size={valueBytes} />
    ),
  },
]

/** The headers of a record, in their order: a name can come twice. */
export function Headers({ letter: { headers, headerCount } }: { letter: Letter }) {
  if (headerCount === 0) return <p class="help">The record has no headers.</p>
  return (
    <>
      <DataTable
        caption="Headers"
        columns={columns}
        rows={headers.map((header, place) => ({ ...header, place }))}
        keyOf={({ place }) => String(place)}
      />
      {headerCount > headers.length && (
        <p class="help">
          The first {headers.length.toLocaleString('en')} of {headerCount.toLocaleString('en')} headers.
        </p>
      )}
    </>
  )
}
