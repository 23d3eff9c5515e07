import type { ComponentChildren } from 'preact'

/** `idle` is neither good nor bad: it waits, is paused, or is not known. */
export type Tone = 'good' | 'bad' | 'warning' | 'idle'

// Drawn, because not every font has such signs.
const paths: Record<Tone, string> = {
  good: 'M3 8.5l3.5 3.5L13 4.5',
  bad: 'M4 4l8 8M12 4l-8 8',
  warning: 'M8 2v8M8 12.5v1.5',
  idle: 'M5 8h6',
}

/** The state of something, as a word with a sign and a colour. */
export const Mark = ({ tone, children }: { tone: Tone; children: ComponentChildren }) => (
  <span class={`mark ${tone}`}>
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[tone]} />
    </svg>{' '}
    {children}
  </span>
)
