// `npm pack` of a library runs this in its folder: `pack.ts before <entry>` (prepack) and `pack.ts after` (postpack). In the
// repository Node runs the sources as they are. Below node_modules it refuses TypeScript, so the package has JavaScript and type
// declarations, with the parts of `shared` that it needs. `<entry>` is its compiled entry without extension, below the folder.
import { execFileSync } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'

async function writeManifest(fields: object): Promise<void> {
  const { exports: _, engines: __, ...rest } = JSON.parse(await readFile('package.json', 'utf8'))
  await writeFile('package.json', `${JSON.stringify({ ...rest, ...fields }, undefined, 2)}\n`)
}

await rm('dist', { recursive: true, force: true })
const [, , when, entry] = process.argv
if (when === 'before') {
  // On the path of an npm script.
  execFileSync('tsc', ['--project', 'pack/tsconfig.json'], { stdio: 'inherit' })
  const exports = { types: `./${entry}.d.ts`, default: `./${entry}.js` }
  await writeManifest({ exports, engines: { node: '>=24' } })
} else {
  await writeManifest({ exports: './src/index.ts' })
}
