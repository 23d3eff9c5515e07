/**
 * Returns the end of a program's output for an error message: the last `count` lines, indented, without blank lines and
 * stack frames.
 */
export function lastLines(text: string, count = 15): string {
  return text
    .split('\n')
    .filter(line => !/^\s*(at\s.*)?$/.test(line))
    .slice(-count)
    .map(line => `  ${line}`)
    .join('\n')
}
