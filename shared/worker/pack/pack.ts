// `npm pack` runs this before (prepack) and after it (postpack). In the repository Node runs the sources as they are. Below
// node_modules it refuses TypeScript, so the package has JavaScript and type declarations, with the parts of `shared` that it needs.
import { execFileSync } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const manifest = new URL('../package.json', import.meta.url)
const dist = new URL('../dist', import.meta.url)

const inRepository = { exports: './src/index.ts' }
const inPackage = {
  exports: { types: './dist/worker/src/index.d.ts', default: './dist/worker/src/index.js' },
  engines: { node: '>=24' },
}

async function writeManifest(fields: object): Promise<void> {
  const { exports: _, engines: __, ...rest } = JSON.parse(await readFile(manifest, 'utf8'))
  await writeFile(manifest, `${JSON.stringify({ ...rest, ...fields }, undefined, 2)}\n`)
}

await rm(dist, { recursive: true, force: true })
if (process.argv[2] === 'before') {
  // On the path of an npm script.
  execFileSync('tsc', ['--project', fileURLToPath(new URL('tsconfig.json', import.meta.url))], {
    stdio: 'inherit',
  })
  await writeManifest(inPackage)
} else {
  await writeManifest(inRepository)
}
