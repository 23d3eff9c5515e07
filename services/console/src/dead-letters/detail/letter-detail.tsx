import { useState } from 'preact/hooks'
import { href } from '../../address/address.ts'
import { OpenedHeading } from '../../address/opened-heading.tsx'
import { BulkState } from '../../bulk/bulk-state.tsx'
import { useBulk } from '../../bulk/use-bulk.ts'
import { CommandButton } from '../../elements/command-button.tsx'
import { Shown } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import { useKeys } from '../../keys/keys.ts'
import { useEvery } from '../../live/use-every.ts'
import type { Service } from '../letters/letter.ts'
import { readLetter } from '../letters/requests.ts'
import { replayCommand } from '../many/plans.ts'
import { AskDelete } from './ask-delete.tsx'
import { LetterBody } from './letter-body.tsx'

// Another person may replay or delete it.
const EVERY_MS = 10_000

/** All of a dead letter. */
export function LetterDetail({ service, id }: { service: Service; id: string }) {
  const [isAsked, ask] = useState(false)
  const [isGone, setGone] = useState(false)
  const every = useEvery(isGone ? undefined : EVERY_MS)
  const read = useRead(signal => readLetter(service, id, signal), [service, id], every)
  const bulk = useBulk(() => {})
  const replay = async () => {
    if (bulk.isBusy || isGone) return
    const { done } = await bulk.run(replayCommand(service, id))
    if (done > 0) setGone(true)
    else read.again()
  }
  useKeys([
    { key: 'r', does: 'Replay the letter', run: replay },
    { key: 'D', does: 'Delete the letter (asks)', run: () => ask(!isGone && !bulk.isBusy) },
  ])
  return (
    <article class="letter">
      <p>
        <a href={href('/dead-letters')}>« All dead letters</a>
      </p>
      <OpenedHeading>{id}</OpenedHeading>
      <BulkState bulk={bulk} />
      {!isGone && (
        <p class="commands">
          <CommandButton isBusy={bulk.isBusy} onClick={replay}>
            Replay <kbd>r</kbd>
          </CommandButton>
          <CommandButton class="plain" isBusy={bulk.isBusy} onClick={() => ask(true)}>
            Delete … <kbd>D</kbd>
          </CommandButton>
        </p>
      )}
      <Shown read={read} what="this dead letter">
        {letter => <LetterBody service={service} letter={letter} />}
      </Shown>
      {isAsked && (
        <AskDelete {...{ service, id, bulk }} onDeleted={() => setGone(true)} onClose={() => ask(false)} />
      )}
    </article>
  )
}
