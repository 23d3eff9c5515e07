/** Any JSON as text, with a line for each value. */
export const Json = ({ value }: { value: unknown }) => (
  <pre class="json">{JSON.stringify(value, undefined, 2)}</pre>
)
