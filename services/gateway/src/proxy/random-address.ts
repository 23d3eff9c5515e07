import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'

type Answer = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void

/**
 * Resolves a name for a connection as `dns.lookup` does, and chooses one of its addresses at random. So connections spread over all
 * containers of a service, and stopped ones get no more.
 */
export function randomAddress(name: string, options: LookupOptions, answer: Answer): void {
  lookup(name, { ...options, all: true }, (error, addresses) => {
    const one = addresses?.[Math.floor(Math.random() * addresses.length)]
    if (error !== null || one === undefined) answer(error, [])
    else if (options.all === true) answer(null, [one])
    else answer(null, one.address, one.family)
  })
}
