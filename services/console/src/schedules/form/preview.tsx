import { Mark } from '../../elements/mark.tsx'
import { firingLines } from '../definition/firing-lines.ts'
import { FiringTable } from '../definition/firing-table.tsx'
import type { PreviewState } from './use-preview.ts'

interface Props {
  state: PreviewState
  /** Whether the definition replaces another one, so that slots come and go. */
  isChange: boolean
}

/** The next ten firings of what is typed. What cannot be read keeps the last good preview, which is marked. */
export function PreviewOf({ state: { preview, isOld, problem }, isChange }: Props) {
  const [comes, goes] = isChange ? [preview?.comes ?? [], preview?.goes ?? []] : [[], []]
  const errors = problem && (problem.errors ?? [{ pointer: '', detail: problem.detail ?? problem.title }])
  return (
    <section class={isOld ? 'preview old' : 'preview'} aria-label="Preview">
      <h3>Next firings {isOld && preview && <Mark tone="warning">of before</Mark>}</h3>
      {preview === undefined ? (
        <p class="help">The next ten firings appear here.</p>
      ) : (
        <>
          {isChange && (
            <p>
              {comes.length + goes.length === 0 ? (
                'None of the next slots changes.'
              ) : (
                <>
                  <Mark tone="good">{comes.length} come</Mark>{' '}
                  <Mark tone="warning">{goes.length} go away</Mark>
                </>
              )}
            </p>
          )}
          <FiringTable caption="Next firings" lines={firingLines(preview.next, comes, goes)} />
        </>
      )}
      {preview && errors && (
        <p class="help">
          These are the firings of the last definition that could be read. Now the form has a fault in{' '}
          {errors.map(({ pointer }) => nameOf(pointer)).join(', ')}.
        </p>
      )}
    </section>
  )
}

const nameOf = (pointer: string) => pointer.split('/')[1] ?? 'it as a whole'
