/** What a timeline is drawn with: steps, bars and ticks. */

import type { Counts, Factuality, SeriesPoint } from '../../lib/types'
import { QUADS, type Quad, daysBetween, parse } from '../../lib/words'

export type Step = 'day' | 'week' | 'month'

/** Those that did not happen, each with a band of its own under the chart. */
export const BANDS: readonly Factuality[] = ['planned', 'hypothetical', 'denied', 'negated']

/** Return the step that gives a span of days a readable number of bars. */
export function stepFor(from: string | null, to: string | null): Step {
  if (from === null || to === null) return 'day'
  const days = daysBetween(from, to)
  if (days <= 180) return 'day'
  return days <= 3 * 365 ? 'week' : 'month'
}

/** Return round numbers from 0 to at least `most`, about `count` of them. */
export function ticks(most: number, count = 4): number[] {
  if (most <= 0) return [0]
  const rough = most / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const unit = [1, 2, 5, 10].map((by) => by * power).find((size) => size >= rough) ?? rough
  const step = Math.max(1, unit)
  const out: number[] = []
  for (let value = 0; value < most + step; value += step) out.push(value)
  return out
}

export interface Bar {
  quad: Quad
  from: number
  to: number
}

/** Return what happened in a step, stacked by quad. */
export function stack(point: SeriesPoint): Bar[] {
  let reached = 0
  return QUADS.flatMap((quad) => {
    const count = point.quads[quad - 1] ?? 0
    if (count === 0) return []
    const bar = { quad, from: reached, to: reached + count }
    reached += count
    return [bar]
  })
}

/** Return which steps get a label, so that no two stand closer than `room` pixels. */
export function labelled(points: readonly SeriesPoint[], width: number, room = 76): number[] {
  const each = width / Math.max(points.length, 1)
  const every = Math.max(1, Math.ceil(room / each))
  return points.flatMap((_, at) => (at % every === 0 ? [at] : []))
}

const LABELS: Record<Step, Intl.DateTimeFormat> = {
  day: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }),
  week: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }),
  month: new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' }),
}

export function label(iso: string, step: Step): string {
  return LABELS[step].format(parse(iso))
}

export function addCounts(counts: readonly Counts[]): Counts {
  const sum: Counts = { happened: 0, planned: 0, hypothetical: 0, negated: 0, denied: 0 }
  for (const one of counts) {
    for (const name of Object.keys(sum) as Factuality[]) sum[name] += one[name]
  }
  return sum
}

export interface TypeRow {
  type: string
  quad: number
  counts: Counts
  /** What happened in each step. */
  happened: number[]
}

/** Return a row for each type that occurs, those that happened most first. */
export function typeRows(points: readonly SeriesPoint[]): TypeRow[] {
  const rows = new Map<string, TypeRow>()
  points.forEach((point, at) => {
    for (const { event_type: type, quad, counts } of point.types) {
      let row = rows.get(type)
      if (row === undefined) {
        row = { type, quad, counts: addCounts([]), happened: points.map(() => 0) }
        rows.set(type, row)
      }
      row.counts = addCounts([row.counts, counts])
      row.happened[at] = counts.happened
    }
  })
  return [...rows.values()].sort(
    (a, b) => b.counts.happened - a.counts.happened || a.type.localeCompare(b.type),
  )
}
