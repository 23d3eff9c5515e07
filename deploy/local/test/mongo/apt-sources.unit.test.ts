import t from 'tap'
import { renameSources } from '../../mongo/apt-sources.ts'

const STANZAS = `Types: deb
# a snapshot
URIs: http://packages.example/debian
Suites: bookworm bookworm-updates
Components: main

Types: deb
URIs: http://packages.example/bookworm-tools
Suites: stable-tools
Components: main
`

t.test(
  'the sources of the release and of its updates are renamed, and the sources of other vendors are left out',
  async t => {
    t.equal(
      renameSources(STANZAS, true, 'bookworm', 'trixie'),
      'Types: deb\nURIs: http://packages.example/debian\nSuites: trixie trixie-updates\nComponents: main',
    )
  },
)

t.test('the format with one source per line is renamed too, with the security updates', async t => {
  const lines = [
    'deb http://packages.example/debian bookworm main',
    '# deb-src http://packages.example/debian bookworm main',
    'deb [signed-by=/k.gpg] http://packages.example/security bookworm-security main',
    'deb http://packages.example/tools tools-bookworm main',
  ]
  t.equal(
    renameSources(lines.join('\n'), false, 'bookworm', 'trixie'),
    [
      'deb http://packages.example/debian trixie main',
      'deb [signed-by=/k.gpg] http://packages.example/security trixie-security main',
    ].join('\n'),
  )
})
