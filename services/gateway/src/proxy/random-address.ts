import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'

type Answer = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void

/**
 * Resolves a name for a connection as `dns.lookup` does, with its addresses in a random order. So connections spread over all
 * containers of a service, and stopped ones get no more. A caller that takes all addresses tries the next one when the first does not
 * answer.
 */
export function randomAddress(name: string, options: LookupOptions, answer: Answer): void {
  lookup(name, { ...options, all: true }, (error, addresses) => {
    const [first, ...others] = shuffled(addresses ?? [])
    if (error !== null || first === undefined) answer(error, [])
    else if (options.all === true) answer(null, [first, ...others])
    else answer(null, first.address, first.family)
  })
}

const shuffled = (addresses: LookupAddress[]) =>
  addresses
    .map(address => ({ address, rank: Math.random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ address }) => address)
