/** Counts by steps of time, as `onrecord.show.views.series` has them. */

import { ApiError } from '../lib/api'
import type { Counts, Factuality, Series, SeriesChange, SeriesPoint } from '../lib/types'
import { shiftDay } from '../lib/words'
import { type Part, findParts } from './changes'
import type { Codes, Event, HappeningRow } from './core'
import { type Filters, fitsEvent, lower, readFilters, timeless } from './filters'
import { byKeys, byNumber, byText, down, first, on, round } from './order'
import type { Site } from './site'

const MOST_STEPS = 5_000
const MOST_CHANGES = 20
const MOST_IDS = 50
const LIKELIEST = 3
const MOST_TYPES = 3

type Step = 'day' | 'week' | 'month'

/** One happening or event: what is counted, on which days. */
interface Counted {
  id: string
  type: string
  mode: string | null
  origins: number
  factuality: Factuality
  from: string | null
  to: string | null
}

export async function seriesOf(site: Site, query: URLSearchParams): Promise<Series> {
  const filters = readFilters(query, site.core.codes)
  const step = (query.get('step') ?? 'day') as Step
  const what = (query.get('what') ?? 'happenings') as Series['what']
  const clock = (query.get('clock') ?? 'event') as Series['clock']
  const happenings = what === 'happenings' ? await site.happenings() : null
  const counted =
    happenings === null
      ? countEvents(site, filters, clock)
      : countHappenings(site, happenings, filters, clock)
  const starts = stepsOf(site, filters, step)
  const { inside, apart } = sorted(counted, new Set(starts), step)
  const points = starts.map((start) =>
    pointOf(inside.get(start) ?? [], start, shiftDay(nextOf(start, step), -1), site.core.codes),
  )
  return {
    what,
    step,
    clock,
    start: points[0]?.start ?? null,
    end: points.at(-1)?.end ?? null,
    points,
    changes: await changesOf(site, what, points, inside),
    unknown: countsOf(apart.unknown),
    wider: countsOf(apart.wider),
    outside: countsOf(apart.outside),
  }
}

/** Filters that a happening answers itself; the others ask its events. */
const OWN = ['type', 'mode', 'factuality']

function countHappenings(
  site: Site,
  happenings: readonly HappeningRow[],
  filters: Filters,
  clock: Series['clock'],
): Counted[] {
  const fits = fitsHappening(site, timeless(filters))
  const chosen = filters.many.factuality
  return happenings
    .filter(fits)
    .map((one) => ({
      id: one.happening_id,
      type: one.event_type,
      mode: one.mode,
      origins: one.origins,
      factuality: factualityOf(one),
      from: clock === 'event' ? one.when_from : one.first_reported,
      to: clock === 'event' ? one.when_to : one.first_reported,
    }))
    .filter((one) => chosen === undefined || chosen.includes(one.factuality))
}

function fitsHappening(site: Site, filters: Filters): (one: HappeningRow) => boolean {
  const { many, confidence } = filters
  const others = Object.keys(many).filter((name) => !OWN.includes(name))
  if (others.length === 0 && confidence === null && !site.core.filtered) {
    const types = many.type?.map((value) => value.toLowerCase())
    const modes = many.mode?.map((value) => value.toLowerCase())
    return (one) =>
      (types === undefined || types.includes(lower(one.event_type))) &&
      (modes === undefined || (one.mode !== null && modes.includes(lower(one.mode))))
  }
  const told = toldBy(site.core.events.filter(fitsEvent(filters)))
  return (one) => told.has(one.happening_id)
}

export function toldBy(events: readonly Event[]): Set<string> {
  return new Set(events.flatMap(({ telling }) => telling?.happening ?? []))
}

export function factualityOf(one: HappeningRow): Factuality {
  if (one.status === 'happened') return 'happened'
  if (one.status === 'ahead') return one.planned >= one.hypothetical ? 'planned' : 'hypothetical'
  return one.denied > 0 ? 'denied' : 'negated'
}

function countEvents(site: Site, filters: Filters, clock: Series['clock']): Counted[] {
  const days = (event: Event) => {
    if (clock === 'event') return { from: event.from, to: event.to }
    const date = site.core.report.get(event.doc)?.date ?? null
    return { from: date, to: date }
  }
  return site.core.events.filter(fitsEvent(timeless(filters))).map((event) => ({
    id: event.id,
    type: event.type,
    mode: event.mode,
    origins: 1,
    factuality: event.factuality,
    ...days(event),
  }))
}

function stepsOf(site: Site, filters: Filters, step: Step): string[] {
  const begin = filters.since ?? site.core.overview.first_date
  const last = filters.until ?? site.core.overview.last_date
  if (begin === null || last === null || last < begin) return []
  const starts = [startOf(begin, step)]
  for (;;) {
    const next = nextOf(starts.at(-1) ?? begin, step)
    if (next > last) return starts
    starts.push(next)
    if (starts.length > MOST_STEPS) {
      throw new ApiError(
        400,
        `${begin} to ${last} are more than 5,000 steps of a ${step}; use --step month, or` +
          ' --since and --until',
      )
    }
  }
}

function startOf(day: string, step: Step): string {
  if (step === 'day') return day
  if (step === 'month') return `${day.slice(0, 7)}-01`
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  return shiftDay(day, -weekday)
}

function nextOf(start: string, step: Step): string {
  if (step === 'day') return shiftDay(start, 1)
  if (step === 'week') return shiftDay(start, 7)
  return `${shiftDay(start, 31).slice(0, 7)}-01`
}

function sorted(counted: readonly Counted[], starts: ReadonlySet<string>, step: Step) {
  const inside = new Map<string, Counted[]>()
  const apart = { unknown: [] as Counted[], wider: [] as Counted[], outside: [] as Counted[] }
  const known = new Map<string, string>()
  const stepOf = (day: string) => {
    let found = known.get(day)
    if (found === undefined) known.set(day, (found = startOf(day, step)))
    return found
  }
  for (const one of counted) {
    if (one.from === null) {
      apart.unknown.push(one)
      continue
    }
    const start = stepOf(one.from)
    if (one.to === null || start !== stepOf(one.to)) apart.wider.push(one)
    else if (!starts.has(start)) apart.outside.push(one)
    else {
      const group = inside.get(start)
      if (group === undefined) inside.set(start, [one])
      else group.push(one)
    }
  }
  return { inside, apart }
}

function pointOf(
  counted: readonly Counted[],
  start: string,
  end: string,
  codes: Codes,
): SeriesPoint {
  const quads: SeriesPoint['quads'] = [0, 0, 0, 0]
  const types = codes.types.flatMap(([name, quad, base, modes]) => {
    const own = counted.filter((one) => one.type === name)
    if (own.length === 0) return []
    const counts = countsOf(own)
    quads[(quad - 1) as 0 | 1 | 2 | 3] += counts.happened
    return [{ event_type: name, quad, counts, score: scoreOf(own, base, modes) }]
  })
  return {
    start,
    end,
    counts: countsOf(counted),
    score: round(types.reduce((sum, type) => sum + type.score, 0), 1),
    quads,
    types,
  }
}

/** The sum of the scores of what happened, mode by mode in their order. */
function scoreOf(
  counted: readonly Counted[],
  base: number,
  modes: Record<string, number>,
): number {
  const happened = counted.filter((one) => one.factuality === 'happened')
  const counts = new Map<string | null, number>()
  for (const { mode } of happened) counts.set(mode, (counts.get(mode) ?? 0) + 1)
  const inOrder = [...counts].sort(([a], [b]) =>
    a === null || b === null ? (a === null ? 1 : 0) - (b === null ? 1 : 0) : byText(a, b),
  )
  const sum = inOrder.reduce(
    (total, [mode, count]) => total + (mode === null ? base : (modes[mode] ?? base)) * count,
    0,
  )
  return round(sum, 1)
}

function countsOf(counted: readonly Counted[]): Counts {
  const counts: Counts = { happened: 0, planned: 0, hypothetical: 0, negated: 0, denied: 0 }
  for (const one of counted) counts[one.factuality] += 1
  return counts
}

async function changesOf(
  site: Site,
  what: Series['what'],
  points: readonly SeriesPoint[],
  inside: ReadonlyMap<string, readonly Counted[]>,
): Promise<SeriesChange[]> {
  const parts = findParts(points.map((point) => point.counts.happened))
  const pairs = parts.slice(1).map((after, at) => [parts[at] as Part, after] as const)
  const clear = new Set(
    [...pairs].sort((a, b) => b[1].gain - a[1].gain).slice(0, MOST_CHANGES),
  )
  const found = pairs.filter((pair) => clear.has(pair))
  return Promise.all(
    found.map(async ([before, after]) => {
      const types = moved(points, before, after)
      const point = points[after.start] as SeriesPoint
      const ids = behind(site, what, inside.get(point.start) ?? [], types)
      const likeliest = ids.slice(0, LIKELIEST)
      const cites = await site.cites(likeliest)
      return {
        at: point.start,
        before: round(before.rate, 2),
        after: round(after.rate, 2),
        gain: round(after.gain, 2),
        types,
        event_ids: ids,
        events: point.counts.happened,
        likeliest: likeliest.flatMap((id) => cites.get(id) ?? []),
      }
    }),
  )
}

/** The events of one step, those of `types` first, of each happening the surest. */
function behind(
  site: Site,
  what: Series['what'],
  counted: readonly Counted[],
  types: readonly string[],
): string[] {
  const happened = counted.filter((one) => one.factuality === 'happened')
  const surest = byKeys<Event>(
    on((event) => event.confidence, down(byNumber)),
    on((event) => event.id, byText),
  )
  const byHappening = what === 'happenings' ? eventsByHappening(site) : null
  const rows = happened.flatMap((one) => {
    const events = byHappening
      ? (byHappening.get(one.id) ?? [])
      : [site.core.event.get(one.id) as Event]
    const best = first(events, surest)
    if (best === undefined) return []
    const moved = types.includes(byHappening ? one.type : best.type)
    return [{ id: best.id, moved: moved ? 1 : 0, origins: one.origins, confidence: best.confidence }]
  })
  return rows
    .sort(
      byKeys<(typeof rows)[number]>(
        on((row) => row.moved, down(byNumber)),
        on((row) => row.origins, down(byNumber)),
        on((row) => row.confidence, down(byNumber)),
        on((row) => row.id, byText),
      ),
    )
    .slice(0, MOST_IDS)
    .map((row) => row.id)
}

export function eventsByHappening(site: Site): Map<string, Event[]> {
  const found = new Map<string, Event[]>()
  for (const event of site.core.events) {
    const id = event.telling?.happening
    if (!id) continue
    const group = found.get(id)
    if (group === undefined) found.set(id, [event])
    else group.push(event)
  }
  return found
}

/** The types whose rate goes the way of the whole, the most first. */
function moved(points: readonly SeriesPoint[], before: Part, after: Part): string[] {
  const [old, now] = [rates(points, before), rates(points, after)]
  const way = after.rate > before.rate ? 1 : -1
  const shifts = [...new Set([...old.keys(), ...now.keys()])].map(
    (name) => [name, way * ((now.get(name) ?? 0) - (old.get(name) ?? 0))] as const,
  )
  return shifts
    .sort(byKeys(on(([, shift]) => shift, down(byNumber)), on(([name]) => name, byText)))
    .flatMap(([name, shift]) => (shift > 0 ? [name] : []))
    .slice(0, MOST_TYPES)
}

function rates(points: readonly SeriesPoint[], part: Part): Map<string, number> {
  const sums = new Map<string, number>()
  for (const point of points.slice(part.start, part.end)) {
    for (const type of point.types) {
      sums.set(type.event_type, (sums.get(type.event_type) ?? 0) + type.counts.happened)
    }
  }
  return new Map([...sums].map(([name, sum]) => [name, sum / (part.end - part.start)]))
}

