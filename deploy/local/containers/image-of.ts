import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from '../paths.ts'

const COMPOSE_FILE = join(ROOT, 'docker-compose.yml')

/** Returns the image of a service in docker-compose.yml, so that tests run on the versions that are deployed. */
export async function imageOf(service: 'kafka' | 'mongo'): Promise<string> {
  const { services } = parse(await readFile(COMPOSE_FILE, 'utf8'))
  return services[service].image
}
