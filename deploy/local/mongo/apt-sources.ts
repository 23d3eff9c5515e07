import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

const APT = '/etc/apt'

/**
 * Copies this machine's package sources into a folder, with the name of its Debian release replaced by another one. A
 * source without the release's name, such as another vendor's, is left out.
 */
export async function writeRenamedSources(folder: string, release: string, other: string): Promise<void> {
  const parts = join(APT, 'sources.list.d')
  const names = await readdir(parts).catch(noneIfMissing)
  for (const file of [join(APT, 'sources.list'), ...names.map(name => join(parts, name))]) {
    if (!/\.(list|sources)$/.test(file)) continue
    const text = await readFile(file, 'utf8').catch(noneIfMissing)
    const renamed = renameSources(text.toString(), file.endsWith('.sources'), release, other)
    if (renamed !== '') await writeFile(join(folder, basename(file)), renamed)
  }
}

/**
 * Replaces the release in a list of package sources.
 * @param stanzas true for apt's newer format, in which a source is a paragraph; false when each line is a source
 * @returns the sources of the release and of its updates, renamed
 */
export function renameSources(text: string, stanzas: boolean, release: string, other: string): string {
  const suite = new RegExp(`(?<=\\s)${release}(?=\\s|$|[-/])`, 'g')
  return text
    .replace(/^#.*\n?/gm, '')
    .split(stanzas ? /\n\s*\n/ : '\n')
    .filter(source => source.search(suite) >= 0)
    .map(source => source.replace(suite, other))
    .join(stanzas ? '\n\n' : '\n')
}

function noneIfMissing(error: NodeJS.ErrnoException): [] {
  if (error.code !== 'ENOENT') throw error
  return []
}
