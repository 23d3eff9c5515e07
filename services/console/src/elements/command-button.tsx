import type { ButtonHTMLAttributes, TargetedMouseEvent } from 'preact'

interface Props extends ButtonHTMLAttributes {
  /** Whether a command runs: then the button does nothing. */
  isBusy: boolean
  onClick?: (event: TargetedMouseEvent<HTMLButtonElement>) => void
}

/** A button for commands. It is not disabled while one runs: a disabled button loses the focus. */
export const CommandButton = ({ isBusy, type = 'button', onClick, ...rest }: Props) => (
  <button
    {...rest}
    type={type}
    aria-disabled={isBusy}
    onClick={event => {
      if (isBusy) event.preventDefault()
      else onClick?.(event)
    }}
  />
)
