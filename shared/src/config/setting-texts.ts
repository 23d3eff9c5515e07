import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { getSystemErrorMessage } from 'node:util'

export type Env = Record<string, string | undefined>

/** The texts of settings, read from an environment. */
export interface SettingTexts {
  texts: Record<string, string>
  /** The names that are set, also the names whose file cannot be read. */
  given: ReadonlySet<string>
  problems: string[]
}

/**
 * Reads the texts of settings. A setting is the variable of its name, or the content of the file that `<name>_FILE` names,
 * without white space around it. An empty variable counts as not set.
 */
export function readSettingTexts(names: string[], env: Env): SettingTexts {
  const texts: Record<string, string> = {}
  const problems: string[] = []
  const given = new Set(names.filter(name => env[name] || env[`${name}_FILE`]))
  for (const name of given) {
    const [text, path] = [env[name], env[`${name}_FILE`]]
    if (text && path) problems.push(`${name}, ${name}_FILE: set only one of the two`)
    else if (text) texts[name] = text
    else if (path) {
      const { content, problem } = readText(path)
      if (content) texts[name] = content
      else problems.push(`${name}_FILE: ${path} ${problem}`)
    }
  }
  return { texts, given, problems }
}

function readText(path: string): { content?: string; problem?: string } {
  try {
    const bytes = readFileSync(path)
    if (!isUtf8(bytes)) return { problem: 'is not valid UTF-8' }
    const content = bytes.toString().trim()
    return content === '' ? { problem: 'is empty' } : { content }
  } catch (error) {
    const { errno } = error as NodeJS.ErrnoException
    if (errno === undefined) throw error
    return { problem: `can't be read: ${getSystemErrorMessage(errno)}` }
  }
}
