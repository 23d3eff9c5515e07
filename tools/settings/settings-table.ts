import { commonSettings } from '@daybook/shared/config/common-settings'
import type { TProperties, TSchema } from 'typebox'
import { settings as gateway } from '../../services/gateway/src/config.ts'
import { settings as reporting } from '../../services/reporting/src/config.ts'
import { settings as scheduler } from '../../services/scheduler/src/config.ts'
import { settings as tasks } from '../../services/tasks/src/config.ts'
import { settings as worker } from '../../shared/worker/src/slots/config.ts'

type Described = TSchema & { default?: unknown; description?: string; enum?: string[] }

const owners: [string, TProperties][] = [
  ['all', commonSettings],
  ['tasks', tasks],
  ['reporting', reporting],
  ['scheduler', scheduler],
  ['gateway', gateway],
  ['workers', worker],
]

/** Makes the table of all settings, in Markdown: name, the service that reads it, default, description. */
export function settingsTable(): string {
  const rows = owners.flatMap(([owner, settings]) =>
    Object.entries(settings).map(([name, schema]) => row(name, owner, schema)),
  )
  return ['| setting | service | default | meaning |', '|---|---|---|---|', ...rows].join('\n')
}

function row(
  name: string,
  owner: string,
  { default: normally, description, enum: choice }: Described,
): string {
  const shown = normally === undefined || normally === '' ? '' : `\`${normally}\``
  const choices = choice === undefined ? '' : `: ${choice.join(', ')}`
  return `| \`${name}\` | ${owner} | ${shown} | ${description}${choices} |`
}
