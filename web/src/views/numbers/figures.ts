/** Numbers in words, who says them, and the scale that they need. */

import { parse, quantityWords, shortNumber } from '../../lib/words'
import type { NumberLine, NumberPoint, NumberRange } from './shapes'

/** Values that far apart do not show on an even scale. */
const LOG_FROM = 50
const DAY = 86_400_000

export function valueWords(point: NumberPoint): string {
  const { value, low, high } = point
  const ranged = low !== null && high !== null && low !== high
  return quantityWords({
    start: 0,
    end: 0,
    text: '',
    value,
    low: ranged ? low : null,
    high: ranged ? high : null,
    of: null,
    modifier: point.modifier ?? 'exact',
  })
}

export function voiceOf(point: NumberPoint): string {
  return point.cite.by.join(', by way of ') || point.cite.outlet || 'outlet not known'
}

/** `5 or fewer to 20 or more`, or the one value there is. */
export function rangeWords(range: NumberRange): string {
  const low = `${shortNumber(range.low)}${range.open_low ? ' or fewer' : ''}`
  const high = `${shortNumber(range.high)}${range.open_high ? ' or more' : ''}`
  if (range.low !== range.high) return `${low} to ${high}`
  return range.open_low && !range.open_high ? low : high
}

/** Return the last value of each voice, the least first. */
export function lastByVoice(points: readonly NumberPoint[]): NumberPoint[] {
  const last = new Map<string, NumberPoint>()
  for (const point of points) last.set(voiceOf(point), point)
  return [...last.values()].sort((a, b) => a.value - b.value)
}

export function lineKey(line: NumberLine): string {
  return [line.of, line.about, line.slot, line.status].join('|')
}

export interface Extent {
  from: number
  to: number
  log: boolean
}

/** Return the values that an axis has to hold, and whether it is logarithmic. */
export function valueExtent(points: readonly NumberPoint[]): Extent {
  const values = points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value])
  const least = Math.min(...values)
  const most = Math.max(...values)
  const log = least > 0 && most / least >= LOG_FROM
  if (log) return { from: least / 1.6, to: most * 1.6, log }
  const room = (most - least || Math.abs(most) || 1) * 0.18
  return { from: least >= 0 ? Math.max(0, least - room) : least - room, to: most + room, log }
}

/** Return the days of the points in milliseconds, at least some days across. */
export function timeExtent(points: readonly NumberPoint[]): [number, number] | null {
  const days = points
    .flatMap(({ since, until }) => [since, until])
    .filter((day): day is string => day !== null)
    .map((day) => parse(day).getTime())
  if (days.length === 0) return null
  const [first, last] = [Math.min(...days), Math.max(...days)]
  const room = Math.max((last - first) * 0.05, DAY / 2)
  return [first - room, last + room]
}

/** Return powers of ten within a logarithmic extent; with few of them, 2 and 5 times. */
export function logTicks({ from, to }: Extent, most = 5): number[] {
  const first = Math.ceil(Math.log10(from))
  const last = Math.floor(Math.log10(to))
  const every = Math.max(1, Math.ceil((last - first + 1) / most))
  const ticks: number[] = []
  for (let power = first; power <= last; power += every) ticks.push(10 ** power)
  if (ticks.length > 2) return ticks
  const finer: number[] = []
  for (let power = first - 1; power <= last; power += 1) {
    finer.push(...[1, 2, 5].map((times) => times * 10 ** power))
  }
  return finer.filter((tick) => from <= tick && tick <= to)
}
