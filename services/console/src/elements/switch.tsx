import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'

/** A checkbox that shows and changes a signal. */
export const Switch = ({ of, children }: { of: Signal<boolean>; children: ComponentChildren }) => (
  <label>
    <input
      type="checkbox"
      checked={of.value}
      onChange={event => {
        of.value = event.currentTarget.checked
      }}
    />{' '}
    {children}
  </label>
)
