import type { Bench } from '../harness/benchmark.ts'
import { bullMqPeers } from './bullmq.ts'
import { celeryPeers } from './celery.ts'
import type { Peer } from './peer.ts'
import { openRabbitMq } from './rabbitmq.ts'
import { openRedis } from './redis.ts'

/** Installs the peers, and starts their servers. For a peer that this machine cannot run it reports what to install. */
export async function openPeers(bench: Bench): Promise<Peer[]> {
  const redis = await openRedis(bench)
  const rabbit = await openRabbitMq(bench)
  const servers = [redis, rabbit].filter(server => server !== undefined)
  return [
    ...(await celeryPeers(bench, servers)),
    ...(redis === undefined ? [] : await bullMqPeers(bench, redis)),
  ]
}
