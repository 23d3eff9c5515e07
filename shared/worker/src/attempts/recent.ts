/** A set that forgets its oldest members. */
export interface Recent {
  add: (member: string) => void
  has: (member: string) => boolean
}

/** @param most how many members it keeps */
export function recent(most: number): Recent {
  const members = new Set<string>()
  return {
    add(member) {
      members.delete(member)
      members.add(member)
      if (members.size <= most) return
      const [oldest] = members
      members.delete(oldest as string)
    },
    has: member => members.has(member),
  }
}
