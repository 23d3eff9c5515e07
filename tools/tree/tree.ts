import { basename, dirname } from 'node:path/posix'

const MAX_FILES = 15

/** Folders of the repository by path, each with the names of the files directly in it. */
export type FilesByFolder = Map<string, string[]>

/**
 * Groups the files that the tree shows. It leaves out what is not code (docs, manifests) and the tests of packages, which have
 * the folders of the sources.
 * @param paths files of the repository
 */
export function filesByFolder(paths: string[]): FilesByFolder {
  const shown = paths.filter(
    path =>
      /^(services|shared|deploy|tools|test|bench|examples)\//.test(path) &&
      !/.\/test\/|package\.json$/.test(path),
  )
  return Map.groupBy(shown.sort(), path => dirname(path)) as FilesByFolder
}

/**
 * Compares the folders with their descriptions.
 * @returns what is wrong, a sentence each
 */
export function problemsOf(files: FilesByFolder, folders: Record<string, string>): string[] {
  const missing = [...files.keys()].filter(folder => folders[folder] === undefined)
  const gone = Object.keys(folders).filter(folder => !files.has(folder))
  const large = [...files].filter(([, { length }]) => length > MAX_FILES)
  return [
    ...missing.map(folder => `${folder} has no line in tools/tree/folders.ts: say what it holds`),
    ...gone.map(folder => `${folder} has a line in tools/tree/folders.ts, but no files: remove the line`),
    ...large.map(
      ([folder, { length }]) =>
        `${folder} has ${length} files, ${MAX_FILES} are allowed: divide it by concept`,
    ),
  ]
}

/** @returns the folders in the order of their descriptions, as a table in Markdown: what each holds, and its files */
export function treeTable(files: FilesByFolder, folders: Record<string, string>): string {
  const rows = Object.entries(folders).map(([folder, holds]) => {
    const names = (files.get(folder) ?? []).map(path => basename(path).replace(/\.tsx?$/, ''))
    return `| \`${folder}\` | ${holds} | ${names.join(', ')} |`
  })
  return ['| folder | holds | files |', '|---|---|---|', ...rows].join('\n')
}
