import { incompatibilities } from './compatible.ts'
import { type Committed, committedStates } from './history.ts'

/**
 * Compares the JSON Schema files with all their committed states: each commit on main is published. The history is the record,
 * because, other than a file in the repository, it cannot be brought up to date with the change that it is to refuse.
 * @param files the text of each file by its name
 * @returns one text for each difference that breaks a reader
 */
export async function brokenSchemas(root: string, files: Map<string, string>): Promise<string[]> {
  const states = (await committedStates(root, 'docs/schemas')).filter(({ path }) =>
    /\.v\d+\.json$/.test(path),
  )
  return [...new Set(states.flatMap(state => faultsOf(state, files)))]
}

function faultsOf({ path, text, commit }: Committed, files: Map<string, string>): string[] {
  const now = files.get(path.slice(path.lastIndexOf('/') + 1))
  const faults =
    now === undefined ? ['its schema is gone'] : incompatibilities(JSON.parse(text), JSON.parse(now))
  return faults.map(fault => `${path} was published by commit ${commit}: ${fault}`)
}

/** What to do about a broken schema. */
export const MAKE_A_VERSION =
  'Events are kept for ever, so a published version only gets optional fields and better descriptions. Make version 2: move the schema as it was to earlierVersions in shared/src/events/versions.ts, with an upcaster. If the schema is in no commit on main yet, amend your own commit'
