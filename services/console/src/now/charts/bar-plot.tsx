import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import { theme } from '../../preferences/preferences.ts'
import { dayOf, timeText } from '../../time/local-time.ts'
import { shownZone } from '../../time/zone.ts'

interface Props {
  /** The count of each bar. */
  counts: readonly number[]
  /** When the first bar begins, in milliseconds since 1970. */
  from: number
  /** How much time a bar covers. */
  stepMs: number
  /** Gets the bar at which the pointer is; null when it is at none. */
  onPoint: (index: number | null) => void
}

const HEIGHT = 130
// Only builds of one's own can lack it.
const bars = uPlot.paths.bars as uPlot.Series.BarsPathBuilderFactory
// Steps of the axis of counts: there is no half event.
const INCREMENTS = Array.from({ length: 10 }, (_, i) => [1, 2, 5].map(step => step * 10 ** i)).flat()

/** Counts over time as bars with axes. It is hidden from screen readers: whoever shows it says the numbers in words too. */
export function BarPlot({ counts, from, stepMs, onPoint }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const zone = shownZone.value
  const colours = theme.value
  useEffect(() => {
    if (host.current === null) return
    const plot = new uPlot(
      optionsOf(host.current, { zone, stepMs, onPoint }),
      [counts.map((_, i) => from + (i + 0.5) * stepMs), [...counts]],
      host.current,
    )
    return keepDrawn(plot, host.current)
  }, [counts.join(), from, stepMs, zone, colours])
  return <div ref={host} class="plot" aria-hidden="true" />
}

type Options = Pick<Props, 'stepMs' | 'onPoint'> & { zone: string }

function optionsOf(host: HTMLElement, { zone, stepMs, onPoint }: Options): uPlot.Options {
  const font = `13px ${getComputedStyle(host).fontFamily}`
  const axis = { stroke: () => colourOf(host, '--quiet'), font, ticks: { show: false } }
  return {
    ...{ width: host.clientWidth, height: HEIGHT, ms: 1, legend: { show: false } },
    tzDate: at => uPlot.tzDate(new Date(at), zone),
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
    scales: {
      x: { range: (_plot, first, last) => [first - stepMs / 2, last + stepMs / 2] },
      y: { range: (_plot, _least, most) => [0, Math.max(1, most)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        ...{ space: 90, size: 28 },
        values: (_plot, ticks) => ticks.map(at => timeText(at, zone, dayOf(at, zone))),
      },
      {
        ...axis,
        grid: { stroke: () => colourOf(host, '--line'), width: 1 },
        ...{ incrs: INCREMENTS, space: 28 },
        values: (_plot, ticks) => ticks.map(count => count.toLocaleString('en-GB')),
      },
    ],
    series: [
      {},
      {
        fill: () => colourOf(host, '--accent'),
        width: 0,
        points: { show: false },
        paths: bars({ size: [0.8] }),
      },
    ],
  }
}

/** The value of a colour of base.css in the present theme. A canvas needs it, because it knows no variables. */
function colourOf(host: HTMLElement, name: string): string {
  host.style.color = `var(${name})`
  return getComputedStyle(host).color
}

/** Follows the width of the page and the colours of the system. @returns a function that removes the plot */
function keepDrawn(plot: uPlot, host: HTMLElement): () => void {
  const resizing = new ResizeObserver(() => plot.setSize({ width: host.clientWidth, height: HEIGHT }))
  resizing.observe(host)
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const redraw = () => plot.redraw()
  system.addEventListener('change', redraw)
  return () => {
    resizing.disconnect()
    system.removeEventListener('change', redraw)
    plot.destroy()
  }
}
