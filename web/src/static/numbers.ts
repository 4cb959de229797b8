/** Numbers over time, as `onrecord.show.views.numbers` has them. */

import type { Cite, Status } from '../lib/types'
import { shiftDay } from '../lib/words'
import type { NumberLine, NumberPoint, NumberRange, NumbersAnswer } from '../views/numbers/shapes'
import type { Event, Rules } from './core'
import { fitsEvent, isNone, readFilters } from './filters'
import {
  byDay,
  byKeys,
  byNumber,
  byText,
  byTexts,
  down,
  first,
  grouped,
  lastDay,
  nullsLast,
  on,
  tally,
} from './order'
import type { Site } from './site'

const LIMIT = 50

/** A number of a report, the country its words name, and the events that have it. */
type CountRow = [
  id: string,
  doc: string,
  start: number,
  end: number,
  value: number,
  low: number | null,
  high: number | null,
  modifier: string,
  of: string | null,
  thing: string | null,
  inside: string | null,
  events: string[],
]

interface Counted {
  id: string
  doc: string
  value: number
  low: number | null
  high: number | null
  modifier: string
  of: string | null
  date: string | null
  outlet: string | null
  event: Event
  counted: string
  about: string | null
  slot: string | null
  status: Status
  type: string | null
  voices: string[]
}

interface Group {
  rows: Counted[]
  first: Counted
  value: number
  low: number | null
  high: number | null
  modifier: string
  voices: string[]
  outlet: string | null
  since: string | null
  until: string | null
}

export async function numbersOf(site: Site, query: URLSearchParams): Promise<NumbersAnswer> {
  const filters = readFilters(query, site.core.codes)
  const limit = Number(query.get('limit') ?? LIMIT)
  if (isNone(filters) && !site.core.filtered && limit === LIMIT) {
    return site.load<NumbersAnswer>('numbers')
  }
  const all = await site.load<CountRow[]>('counts')
  const fits = fitsEvent(filters)
  const { rules } = site.core
  const found = all.flatMap((row) => {
    const [event] = row[11].flatMap((id) => site.core.event.get(id) ?? []).filter(fits)
    return event === undefined ? [] : [countedOf(site, row, event)]
  })
  const named = found.filter((one): one is Counted => one.counted !== null)
  const lines = [...grouped(named, lineKey).values()].map((rows) => ({
    rows,
    groups: pointGroups(rows),
  }))
  const shown = ranked(lines).slice(0, limit)
  const cites = await site.cites(
    shown.flatMap(({ groups }) => groups.map((group) => group.first.event.id)),
  )
  return {
    lines: shown.map(({ groups }) => lineOf(groups, cites, rules)),
    more: lines.length - shown.length,
    unnamed: found.length - named.length,
  }
}

function countedOf(
  site: Site,
  row: CountRow,
  event: Event,
): Omit<Counted, 'counted'> & { counted: string | null } {
  const [id, doc, , , value, low, high, modifier, of, counted, inside] = row
  const report = site.core.report.get(doc)
  const [slot, about] = aboutOf(event, inside, site.core.rules.states)
  const mixed = [
    ...site.core.rules.lines.mixed,
    ...site.core.rules.lines.money,
    ...site.core.rules.lines.measures,
  ].map(withoutS)
  return {
    id,
    doc,
    value,
    low,
    high,
    modifier,
    of,
    date: report?.date ?? null,
    outlet: report?.outlet ?? null,
    event,
    counted,
    about,
    slot,
    status: statusOf(event),
    type: counted !== null && mixed.includes(counted) ? event.type : null,
    voices: event.by.map((party) => party.name),
  }
}

function withoutS(form: string): string {
  return form.endsWith('s') ? form.slice(0, -1) : form
}

function statusOf({ factuality }: Event): Status {
  if (factuality === 'happened') return 'happened'
  return factuality === 'planned' || factuality === 'hypothetical' ? 'ahead' : 'not_so'
}

function aboutOf(
  event: Event,
  inside: string | null,
  states: readonly string[],
): [string | null, string | null] {
  if (inside !== null) return ['words', inside]
  for (const [slot, [party]] of [
    ['actor', event.actors],
    ['recipient', event.recipients],
  ] as const) {
    if (party === undefined) continue
    const isState = party.country !== null && states.includes(party.country)
    return [slot, isState ? party.country : party.name]
  }
  const [place] = event.places
  return place === undefined ? [null, null] : ['place', place.name]
}

function lineKey({ counted, about, status, type }: Counted): string {
  return JSON.stringify([counted, about, status, type])
}

/** Each value of each voice once. */
function pointGroups(rows: readonly Counted[]): Group[] {
  const key = (row: Counted) =>
    JSON.stringify([row.value, row.low, row.high, row.modifier, row.voices, outletOf(row)])
  return [...grouped(rows, key).values()].map((told) => {
    const one = first(
      told,
      byKeys<Counted>(on((row) => row.date, byDay), on((row) => row.id, byText)),
    ) as Counted
    const days = told.flatMap((row) => row.date ?? []).sort(byText)
    const { value, low, high, modifier, voices } = one
    return {
      rows: told,
      first: one,
      value,
      low,
      high,
      modifier,
      voices,
      outlet: outletOf(one),
      since: days[0] ?? null,
      until: days.at(-1) ?? null,
    }
  })
}

function outletOf(row: Counted): string | null {
  return row.voices.length === 0 ? row.outlet : null
}

interface Line {
  rows: Counted[]
  groups: Group[]
}

/** Lines about somebody first, then those with the most values, of one count together. */
function ranked(lines: readonly Line[]): Line[] {
  const points = new Map(
    lines.map((line) => [
      line,
      new Set(line.rows.map((row) => JSON.stringify([row.value, row.voices, outletOf(row)])))
        .size,
    ]),
  )
  const count = (line: Line) => points.get(line) ?? 0
  const head = (line: Line) => line.rows[0] as Counted
  const part = (line: Line) => {
    const { counted, about, type } = head(line)
    return JSON.stringify([counted, about, type])
  }
  const parts = new Map(
    [...grouped(lines, part)].map(([key, group]) => {
      const counts = group.map(count)
      return [key, { max: Math.max(...counts), sum: counts.reduce((a, b) => a + b, 0) }]
    }),
  )
  const nullsFirst = (a: string | null, b: string | null) =>
    a === null || b === null ? (b === null ? 1 : 0) - (a === null ? 1 : 0) : byText(a, b)
  return [...lines].sort(
    byKeys<Line>(
      on((line) => (head(line).about === null ? 1 : 0), byNumber),
      on((line) => parts.get(part(line))?.max ?? 0, down(byNumber)),
      on((line) => parts.get(part(line))?.sum ?? 0, down(byNumber)),
      on((line) => head(line).counted, byText),
      on((line) => head(line).about, byDay),
      on((line) => head(line).type, nullsFirst),
      on(count, down(byNumber)),
      on((line) => head(line).status, byText),
    ),
  )
}

function lineOf(
  groups: readonly Group[],
  cites: ReadonlyMap<string, Cite>,
  rules: Rules,
): NumberLine & { event_type: string | null } {
  const latest = [...groups]
    .sort(
      byKeys<Group>(
        on((group) => group.until, lastDay),
        on((group) => group.since, lastDay),
        on((group) => group.value, byNumber),
      ),
    )
    .slice(0, rules.lines.points)
  const listed = latest.sort(
    byKeys<Group>(
      on((group) => group.since, byDay),
      on((group) => group.value, byNumber),
      on((group) => group.voices, byTexts),
      on((group) => group.outlet, nullsLast(byText)),
    ),
  )
  const points = listed.map((group) => pointOf(group, cites))
  const { counted, about, status, type } = (listed[0] as Group).first
  const [slot = null] = listed[0]?.rows.map((row) => row.slot).sort(nullsLast(byText)) ?? []
  return {
    of: named(counted, listed.flatMap((group) => group.first.of ?? []), rules),
    about: about === null ? null : (rules.country_names[about] ?? about),
    slot,
    status,
    event_type: type,
    points,
    differing: differ(points, rules.lines.about),
    current: currentRange(points, rules),
  }
}

function named(counted: string, said: readonly string[], rules: Rules): string {
  const names = new Map(Object.values(rules.same).map((name) => [withoutS(name), name]))
  const known = names.get(counted)
  if (known !== undefined || said.length === 0) return known ?? counted
  const usual = tally(said)
  return first([...usual.keys()], (a, b) => (usual.get(b) ?? 0) - (usual.get(a) ?? 0) || byText(a, b)) ?? counted
}

function pointOf(group: Group, cites: ReadonlyMap<string, Cite>): NumberPoint {
  const { event, of } = group.first
  const { value, low, high, modifier } = group
  const exact = modifier === 'exact'
  return {
    value,
    low: low === null && (exact || modifier === 'at_least') ? value : low,
    high: high === null && (exact || modifier === 'at_most') ? value : high,
    modifier,
    of,
    factuality: event.factuality,
    toward: event.recipients.map((party) => party.name),
    places: event.places.map((place) => place.name),
    since: group.since,
    until: group.until,
    reports: new Set(group.rows.map((row) => row.doc)).size,
    cite: cites.get(event.id) as Cite,
  }
}

function bounds(point: NumberPoint, about: number): [number, number] {
  if (point.low === null && point.high === null) {
    const spread = Math.abs(point.value) * about
    return [point.value - spread, point.value + spread]
  }
  return [point.low ?? -Infinity, point.high ?? Infinity]
}

function differ(points: readonly NumberPoint[], about: number): boolean {
  const all = points.map((point) => bounds(point, about))
  const low = Math.max(...all.map(([least]) => least))
  return points.length > 0 && low > Math.min(...all.map(([, most]) => most))
}

/** From what to what the voices' last words of the last days go. */
function currentRange(points: readonly NumberPoint[], rules: Rules): NumberRange | null {
  const days = points.flatMap((point) => point.until ?? []).sort(byText)
  const last = days.at(-1)
  const since = last === undefined ? null : shiftDay(last, -rules.lines.current_days)
  const voices = new Map<string, NumberPoint>()
  for (const point of [...points].sort(on((one) => one.until ?? '', byText))) {
    if (since !== null && (point.until === null || point.until < since)) continue
    const { by, outlet } = point.cite
    voices.set(JSON.stringify(by.length ? by : outlet), point)
  }
  const told = [...voices.values()]
  if (told.length === 0) return null
  const spoken = told.flatMap((point) => point.until ?? []).sort(byText)
  return {
    low: Math.min(...told.map((point) => point.low ?? point.value)),
    high: Math.max(...told.map((point) => point.high ?? point.value)),
    open_low: told.some((point) => point.modifier === 'at_most' && point.low === null),
    open_high: told.some((point) => point.modifier === 'at_least' && point.high === null),
    voices: told.length,
    since: spoken[0] ?? null,
    until: spoken.at(-1) ?? null,
  }
}
