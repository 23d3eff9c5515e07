import type { ComponentChildren } from 'preact'

/** A list of names and values. A fact whose value is missing is not shown; zero is a value. */
export const Facts = ({ of }: { of: readonly (readonly [string, ComponentChildren])[] }) => (
  <dl class="facts">
    {of
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
)

/** Any JSON as text, with a line for each value. */
export const Json = ({ value }: { value: unknown }) => (
  <pre class="json">{JSON.stringify(value, undefined, 2)}</pre>
)
