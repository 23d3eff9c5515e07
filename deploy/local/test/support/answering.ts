import { once } from 'node:events'
import { connect } from 'node:net'
import type { Infrastructure } from '../../stack/infrastructure.ts'

/** Returns whether each server accepts connections: first the brokers, then MongoDB. */
export async function answering({ brokers, mongoUri }: Pick<Infrastructure, 'brokers' | 'mongoUri'>) {
  return Promise.all([...brokers.map(broker => `kafka://${broker}`), mongoUri].map(accepts))
}

async function accepts(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
