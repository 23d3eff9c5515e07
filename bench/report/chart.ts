import * as echarts from 'echarts'
import { median } from '../harness/median.ts'
import type { Result } from '../harness/result.ts'
import { digits } from './format.ts'
import { type Judged, judge, valuesOf } from './results.ts'

// Legible on white and on the dark background of a dark theme: an image in a page does not know the theme of the page.
const [TEXT, LINE] = ['#808080', '#80808060']
const [DAYBOOK, OTHER] = ['#2f81f7', '#8b949e']
// In pixels.
const [WIDTH, TITLE, ROW, GAP] = [760, 28, 26, 14]

/** The bars of one figure, and the values at which Daybook's bar, the first, must end. */
interface Panel {
  figure: string
  bars: { name: string; value: number }[]
  bounds: number[]
  /** The pixels above the bars. */
  top: number
}

/**
 * Draws a bar chart of each figure that has a goal.
 * @returns SVG, the same for the same result; undefined when no figure is above zero
 */
export function chartOf(result: Result): string | undefined {
  const panels = panelsOf(result)
  const last = panels.at(-1)
  if (last === undefined) return undefined
  const height = last.top + last.bars.length * ROW + GAP
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height })
  chart.setOption(optionOf(panels))
  const svg = chart.renderToSVGString()
  chart.dispose()
  // Classes are for the mouse only, and their names count the charts of the process: the same chart would differ.
  return `${svg.replaceAll(/ class="[^"]*"|<style.*?<\/style>\n?/gs, '')}\n`
}

function panelsOf(result: Result): Panel[] {
  const judged = judge(result)
  const panels: Panel[] = []
  let top = TITLE
  for (const figure of new Set(judged.map(goal => goal.figure))) {
    const having = result.subjects.filter(({ rounds }) => rounds.every(round => round[figure] !== undefined))
    const bars = having.map(subject => ({ name: subject.name, value: median(valuesOf(subject, figure)) }))
    if (bars.every(({ value }) => value === 0)) continue
    panels.push({
      figure,
      bars,
      top,
      bounds: judged.filter(goal => goal.figure === figure).flatMap(boundsOf),
    })
    top += bars.length * ROW + GAP + TITLE
  }
  return panels
}

/** A bound on a ratio is where the reference's figure puts it. */
const boundsOf = ({ against, reference, atLeast, atMost }: Judged): number[] =>
  [atLeast, atMost].flatMap(bound => {
    if (bound === undefined || (against !== undefined && reference === undefined)) return []
    return [bound * (reference ?? 1)]
  })

function optionOf(panels: Panel[]): echarts.EChartsCoreOption {
  const largest = ({ bars, bounds }: Panel) => Math.max(...bars.map(({ value }) => value), ...bounds)
  return {
    animation: false,
    textStyle: { color: TEXT },
    title: panels.map(({ figure, top }) => ({
      text: figure,
      top: top - TITLE + 4,
      textStyle: { color: TEXT, fontSize: 13 },
    })),
    grid: panels.map(({ top, bars }) => ({ top, height: bars.length * ROW, left: 230, right: 80 })),
    xAxis: panels.map((panel, gridIndex) => ({
      type: 'value',
      gridIndex,
      min: 0,
      max: largest(panel),
      show: false,
    })),
    yAxis: panels.map(({ bars }, gridIndex) => ({
      type: 'category',
      gridIndex,
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLabel: { color: TEXT },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: LINE } },
    })),
    series: panels.map(seriesOf),
  }
}

const seriesOf = ({ bars, bounds }: Panel, axis: number) => ({
  type: 'bar',
  xAxisIndex: axis,
  yAxisIndex: axis,
  silent: true,
  barWidth: 14,
  label: { show: true, position: 'right', color: TEXT, textBorderWidth: 0 },
  data: bars.map(({ value }, place) => ({
    value,
    itemStyle: { color: place === 0 ? DAYBOOK : OTHER },
    label: { formatter: digits(value) },
  })),
  markPoint: {
    silent: true,
    symbol: 'rect',
    symbolSize: [2, ROW - 2],
    itemStyle: { color: TEXT },
    label: { show: false },
    data: bounds.map(bound => ({ coord: [bound, 0] })),
  },
})
