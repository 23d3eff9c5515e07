// Makes what the services of docker-compose.yml find when they start: the folder of the log files, theirs to write, and
// the secret that signs tokens. Runs as root, once, on folders of the host that Docker may just have made.
import { chown, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { localSecret } from '../local/stack/secret.ts'

const [PROJECT, LOCAL, LOGS, SECRETS] = ['/project', '/local', '/logs', '/run/daybook']
/** The user `node` of the image, as whom the services run. */
const SERVICE_USER = 1000

/** The secret of `npm start`, so that one `npm run token` serves both; none where the tokens come from elsewhere. */
const secret = process.env.AUTH_JWKS_URL ? '' : await localSecret({ dir: LOCAL, env: process.env })
const file = join(SECRETS, 'auth-secret')
await rm(file, { force: true })
await writeFile(file, secret, { mode: 0o400 })
await chown(file, SERVICE_USER, SERVICE_USER)
await chown(LOGS, SERVICE_USER, SERVICE_USER)

// What root made here is for whoever has the project.
const { uid, gid } = await stat(PROJECT)
for (const name of ['.', ...(await readdir(LOCAL))]) {
  const made = join(LOCAL, name)
  if ((await stat(made)).uid === 0) await chown(made, uid, gid)
}
