import * as echarts from 'echarts'
import { digits } from './format.ts'
import { median } from './median.ts'
import { type Judged, judge, type Result, valuesOf } from './results.ts'

// Legible on white and on the dark background of a dark theme: an image in a page does not know the theme of the page.
const [TEXT, LINE] = ['#808080', '#80808060']
const [DAYBOOK, OTHER] = ['#2f81f7', '#8b949e']
const [WIDTH, TITLE, BAR, GAP] = [760, 28, 26, 18]

/**
 * Draws a bar chart of each figure that has a goal against other subjects: the medians, and where Daybook's bar must end.
 * @returns SVG, the same for the same result; undefined when no goal is against a subject that ran
 */
export function chartOf(result: Result): string | undefined {
  const compared = judge(result).filter(({ reference }) => reference !== undefined)
  const figures = [...new Set(compared.map(({ figure }) => figure))]
  if (figures.length === 0) return undefined
  const parts = figures.map(figure => {
    const subjects = result.subjects.filter(({ rounds }) =>
      rounds.every(round => round[figure] !== undefined),
    )
    return { figure, subjects, goals: compared.filter(goal => goal.figure === figure) }
  })
  let bottom = 0
  const places = parts.map(({ subjects }) => {
    const top = bottom + TITLE
    bottom = top + BAR * subjects.length + GAP
    return { top, height: BAR * subjects.length }
  })
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: bottom })
  chart.setOption({
    animation: false,
    textStyle: { color: TEXT },
    title: parts.map(({ figure }, i) => ({
      text: figure,
      left: 0,
      top: (places[i]?.top ?? 0) - TITLE + 6,
      textStyle: { color: TEXT, fontSize: 13 },
    })),
    grid: places.map(place => ({ ...place, left: 220, right: 90, containLabel: false })),
    xAxis: parts.map((_, gridIndex) => ({ type: 'value', gridIndex, min: 0, show: false })),
    yAxis: parts.map(({ subjects }, gridIndex) => ({
      type: 'category',
      gridIndex,
      inverse: true,
      data: subjects.map(({ name }) => name),
      axisLabel: { color: TEXT, fontSize: 12 },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: LINE } },
    })),
    series: parts.map(({ figure, subjects, goals }, i) => ({
      type: 'bar',
      xAxisIndex: i,
      yAxisIndex: i,
      silent: true,
      barWidth: 14,
      data: subjects.map((subject, place) => {
        const value = median(valuesOf(subject, figure))
        return {
          value,
          itemStyle: { color: place === 0 ? DAYBOOK : OTHER },
          label: { formatter: digits(value) },
        }
      }),
      label: { show: true, position: 'right', color: TEXT },
      markPoint: {
        silent: true,
        symbol: 'rect',
        symbolSize: [2, BAR],
        itemStyle: { color: TEXT },
        label: { show: false },
        data: goals.flatMap(goal => goalMarks(goal)),
      },
    })),
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  // The names of classes count the charts of the process. The order of the charts must not change them.
  return `${svg.replaceAll(/zr\d+-/g, 'zr-')}\n`
}

/** Marks in Daybook's row where its bar must end. */
function goalMarks({ reference = 0, atLeast, atMost }: Judged) {
  return [atLeast, atMost].flatMap(bound => (bound === undefined ? [] : [{ coord: [bound * reference, 0] }]))
}
