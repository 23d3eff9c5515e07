// Prepares folders for the services of docker-compose.yml: makes the folder of the log files writable for them, and
// creates the secret that signs tokens. It runs once, as root, because Docker may have created the host's folders as root.
import { chown, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { localSecret } from '../local/stack/secret.ts'

const [PROJECT, LOCAL, LOGS, SECRETS] = ['/project', '/local', '/logs', '/run/daybook']
/** The id of the image's user `node`, who runs the services. */
const SERVICE_USER = 1000

// The secret is that of `npm start`, so `npm run token` works for both stacks. It is empty when an issuer makes the tokens.
const secret = process.env.AUTH_JWKS_URL ? '' : await localSecret({ dir: LOCAL, env: process.env })
const file = join(SECRETS, 'auth-secret')
await rm(file, { force: true })
await writeFile(file, secret, { mode: 0o400 })
await chown(file, SERVICE_USER, SERVICE_USER)
await chown(LOGS, SERVICE_USER, SERVICE_USER)

// Give files that root created here to the owner of the project.
const { uid, gid } = await stat(PROJECT)
for (const name of ['.', ...(await readdir(LOCAL))]) {
  const path = join(LOCAL, name)
  if ((await stat(path)).uid === 0) await chown(path, uid, gid)
}
