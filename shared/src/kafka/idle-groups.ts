import type { Admin } from 'kafkajs'

/**
 * Removes the consumer groups whose names begin with a prefix and which have no members. Kafka itself refuses to remove a group with
 * members, so a group that gets one meanwhile stays.
 * @param prefix the beginning of the names on the broker
 * @returns the names of the removed groups
 */
export async function deleteIdleGroups(admin: Admin, prefix: string): Promise<string[]> {
  const names = (await admin.listGroups()).groups.map(({ groupId }) => groupId)
  const found = names.filter(name => name.startsWith(prefix))
  if (found.length === 0) return []
  const { groups } = await admin.describeGroups(found)
  const idle = groups.filter(({ state }) => state === 'Empty').map(({ groupId }) => groupId)
  if (idle.length > 0) await admin.deleteGroups(idle)
  return idle
}
