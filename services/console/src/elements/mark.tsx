import type { ComponentChildren } from 'preact'

/** `idle` is neither good nor bad: it waits, is paused, or is not known. */
export type Tone = 'good' | 'bad' | 'warning' | 'idle'

const signs: Record<Tone, string> = { good: '✓', bad: '✕', warning: '!', idle: '·' }

/** The state of something, as a word with a sign and a colour. */
export const Mark = ({ tone, children }: { tone: Tone; children: ComponentChildren }) => (
  <span class={`mark ${tone}`}>
    <span aria-hidden="true">{signs[tone]}</span> {children}
  </span>
)
