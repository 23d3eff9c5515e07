import { topics } from '@daybook/shared/events'
import { waitOut } from '@daybook/shared/failures/outage'
import type { Hold } from '@daybook/shared/rebuild/hold'
import { projectionGroup } from '../groups.ts'
import type { RebuildPhase } from '../projection/generation-model.ts'
import { waitUntilPassed } from '../wait-until-passed.ts'
import { compareDocuments } from './compare-documents.ts'
import type { RebuildPorts } from './rebuild-ports.ts'
import { waitUntilRebuilt } from './swap.ts'

const REPORT_MS = 5000

/** Stores how the live documents differ from those of a rebuild. */
export async function compareWithLive(held: Hold<RebuildPhase>, ports: RebuildPorts): Promise<void> {
  const { kafka, documents, differences, report, log } = ports
  const { signal } = held
  const { generation } = held.rebuild()
  const tasks = topics.tasks.name
  await waitOut('removing differences', () => differences.clear(generation), { log, signal })
  let reportAt = performance.now() + REPORT_MS
  await compareDocuments({
    live: documents.live,
    rebuilt: documents.of(generation),
    async settled() {
      const end = await waitOut('reading offsets', () => kafka.endOffsets(tasks), { log, signal })
      const ask = () => kafka.committedOffsets(projectionGroup, tasks)
      await waitUntilPassed(ask, end, { what: 'waiting for the live projection', report, log, signal })
      await waitUntilRebuilt(held, end, ports)
    },
    record: (found, through) => differences.add(generation, found, through),
    report(count, last) {
      if (performance.now() < reportAt) return
      reportAt = performance.now() + REPORT_MS
      const day = last.slice(0, 'YYYY-MM-DD'.length)
      report(`comparing: ${count.toLocaleString('en')} documents are compared, up to ${day}`)
    },
    log,
    signal,
  })
}
