import type { Random } from './random.ts'

/** What goes wrong in one simulation, and how often. */
export interface Faults {
  /** Whether a process ends before or after an access. */
  kills: () => boolean
  /** Whether an access happens, and its answer is lost. */
  losesAnswer: () => boolean
  /** Whether a request to publish has no answer, and is perhaps written later. */
  timesOut: () => boolean
  /** Milliseconds until an access happens, or until its answer arrives. */
  delay: () => number
  areOver: () => boolean
  /** No more faults. */
  end: () => void
  /** How often it happened. */
  counts: { crashes: number; outages: number; lost: number }
}

/** Some simulations have no faults of a kind and some have many: what fails only without the others is found too. */
export function drawFaults(random: Random): Faults {
  const rate = (most: number) => (random.chance(0.35) ? 0 : most * random.next())
  const kill = rate(0.004)
  const lose = rate(0.02)
  const timeOut = rate(0.05)
  const slow = rate(0.01)
  const verySlow = rate(0.003)
  const usual = random.pick([1, 3, 10, 40, 150])
  let areOver = false
  const happens = (probability: number) => !areOver && probability > 0 && random.chance(probability)
  const counts = { crashes: 0, outages: 0, lost: 0 }
  const counted = (count: keyof typeof counts, happened: boolean) => {
    if (happened) counts[count] += 1
    return happened
  }
  return {
    kills: () => happens(kill),
    losesAnswer: () => counted('lost', happens(lose)),
    timesOut: () => counted('lost', happens(timeOut)),
    delay() {
      if (happens(verySlow)) return random.between(2000, 20_000)
      if (happens(slow)) return random.between(50, 2000)
      return random.chance(0.6) ? 0 : random.between(0, usual)
    },
    areOver: () => areOver,
    end() {
      areOver = true
    },
    counts,
  }
}
