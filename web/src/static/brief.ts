/** What is new in some days, as `onrecord.show.views.brief` has it. */

import { ApiError } from '../lib/api'
import type { Brief, BriefItem, BriefPart, Cite, Told } from '../lib/types'
import { statementCite } from './cite'
import { cameTrue } from './brief-came-true'
import { changedNumbers } from './brief-numbers'
import { type Said, saidOf } from './brief-said'
import { type Fresh, type Weight, weigh } from './brief-weight'
import type { Event, HappeningRow } from './core'
import { type Filters, fitsEvent, readFilters, timeless } from './filters'
import { byDay, byKeys, byNumber, byText, down, first, grouped, on, round } from './order'
import { eventsByHappening, factualityOf } from './series'
import type { Site } from './site'

const ITEMS = 10
const PARTS = [
  'happened',
  'came_true',
  'demands',
  'threats',
  'denials',
  'ahead',
  'not_so',
  'past',
]

/** What every part of a brief is given. */
export interface Asked {
  site: Site
  filters: Filters
  since: string
  until: string
  limit: number
  happenings: readonly HappeningRow[]
  events: Map<string, Event[]>
}

export async function briefOf(site: Site, query: URLSearchParams): Promise<Brief> {
  const given = readFilters(query, site.core.codes)
  const { since } = given
  if (since === null) {
    throw new ApiError(400, 'say from which day on things are new: --since 2022-01-28')
  }
  if (given.until !== null && given.until < since) {
    throw new ApiError(400, `--until ${given.until} is before --since ${since}`)
  }
  const days = site.core.reports.flatMap((report) => report.date ?? []).sort(byText)
  const until = given.until ?? days.at(-1) ?? null
  const asked: Asked = {
    site,
    filters: timeless(given),
    since,
    until: until ?? since,
    limit: Number(query.get('limit') ?? ITEMS),
    happenings: await site.happenings(),
    events: eventsByHappening(site),
  }
  const fresh = freshOf(asked)
  const said = saidOf(asked)
  const numbers = await changedNumbers(asked)
  const parts = await partsOf(asked, fresh, said)
  return {
    since,
    until,
    reports: reportsOf(asked),
    happenings: parts.reduce((sum, part) => sum + part.happenings, 0),
    statements: parts.reduce((sum, part) => sum + part.statements, 0),
    numbers_count: numbers.count,
    numbers: numbers.shown,
    parts,
  }
}

function reportsOf({ site, since, until }: Asked): Brief['reports'] {
  const known = site.core.reports.filter(
    ({ date, story }) => date !== null && date >= since && date <= until && story !== null,
  )
  const stories = known.filter((report) => report.relation === 'original').length
  return {
    reports: known.length,
    stories,
    copies: known.length - stories,
    undated: site.core.reports.filter((report) => report.date === null).length,
  }
}

interface Placed extends Fresh {
  cameTrue: HappeningRow | null
}

/** New happenings by part, those of most weight first. */
function freshOf(asked: Asked): Map<string, Placed[]> {
  const { since, until } = asked
  const fits = fitsEvent(asked.filters)
  const weighed = asked.happenings.flatMap((row) => {
    if (row.first_reported === null) return []
    if (row.first_reported < since || row.first_reported > until) return []
    const told = (asked.events.get(row.happening_id) ?? []).filter(fits)
    if (told.length === 0) return []
    const confidence = Math.max(...told.map((event) => event.confidence))
    const past = told.every((event) => event.historical)
    return [weigh(row, factualityOf(row), confidence, past, asked.site.core.rules.brief)]
  })
  const came = cameTrue(asked, weighed)
  const placed = weighed.map((fresh): Placed => {
    const cameTrue = came.get(fresh.row.happening_id) ?? null
    return { ...fresh, part: cameTrue ? 'came_true' : fresh.part, cameTrue }
  })
  placed.sort(
    byKeys<Placed>(
      on((one) => one.weight.total, down(byNumber)),
      on((one) => one.row.first_reported ?? '', down(byText)),
      on((one) => one.row.happening_id, byText),
    ),
  )
  return grouped(placed, (one) => one.part)
}

async function partsOf(
  asked: Asked,
  fresh: ReadonlyMap<string, Placed[]>,
  said: ReadonlyMap<string, Said[]>,
): Promise<BriefPart[]> {
  const { limit } = asked
  return Promise.all(
    PARTS.map(async (part): Promise<BriefPart> => {
      const happenings = fresh.get(part) ?? []
      const statements = said.get(part) ?? []
      const items = await Promise.all([
        ...happenings.slice(0, limit).map((one) => happeningItem(asked, one)),
        ...statements.slice(0, limit).map((one) => statementItem(asked, one)),
      ])
      items.sort(
        byKeys<BriefItem>(
          on((item) => item.weight.total, down(byNumber)),
          on((item) => item.cite.event_id ?? 'None', byText),
        ),
      )
      return {
        part,
        count: happenings.length + statements.length,
        happenings: happenings.length,
        statements: statements.length,
        items: items.slice(0, limit),
      }
    }),
  )
}

function weightOf(weight: Weight): BriefItem['weight'] {
  const { total, origins, confidence, ...others } = weight
  return {
    ...others,
    total: round(total, 4),
    origins: round(origins, 4),
    confidence: round(confidence, 4),
  }
}

async function happeningItem(asked: Asked, fresh: Placed): Promise<BriefItem> {
  const { row } = fresh
  const mentions = asked.events.get(row.happening_id) ?? []
  const shown = shownMention(asked, fresh, mentions)
  const told = [
    shown,
    fresh.part === 'denials' ? deniedMention(asked, row) : undefined,
    fresh.cameTrue ? earlierMention(asked, row, fresh.cameTrue) : undefined,
  ]
  const cites = await asked.site.cites(told.flatMap((event) => event?.id ?? []))
  const stories = new Set(mentions.flatMap((event) => event.story ?? []))
  const carried = [...stories].map((id) => asked.site.core.storyReports.get(id) ?? 0)
  return {
    part: fresh.part,
    happening_id: row.happening_id,
    event_type: row.event_type,
    act: null,
    mode: row.mode,
    status: row.status,
    factuality: fresh.factuality,
    actors: row.actors,
    recipients: row.recipients,
    when_from: row.when_from,
    when_to: row.when_to,
    when_basis: row.when_basis,
    places: row.places,
    first_reported: row.first_reported ?? '',
    origins: row.origins,
    stories: row.stories,
    reports: carried.reduce((sum, count) => sum + count, 0),
    outlets: row.outlets,
    confidence: fresh.confidence,
    weight: weightOf(fresh.weight),
    cite: cites.get(shown?.id ?? '') as Cite,
    denies: toldOf(told[1], cites),
    before: toldOf(told[2], cites),
  }
}

function toldOf(event: Event | undefined, cites: ReadonlyMap<string, Cite>): Told | null {
  if (event === undefined) return null
  return {
    happening_id: event.telling?.happening ?? '',
    factuality: event.factuality,
    actors: event.actors.map((party) => party.name),
    cite: cites.get(event.id) as Cite,
  }
}

/** The mention that is listed as the happening is, of its parties, the earliest, the surest. */
function shownMention(
  asked: Asked,
  { row, factuality }: Placed,
  mentions: readonly Event[],
): Event | undefined {
  const { site, since, until } = asked
  const date = (event: Event) => site.core.report.get(event.doc)?.date ?? null
  const inWindow = (event: Event) => {
    const day = date(event)
    return day === null ? null : day >= since && day <= until ? 1 : 0
  }
  const named = (parties: Event['actors'], name: string | undefined) =>
    name === undefined ? 0 : parties.filter((party) => party.name === name).length
  return first(
    mentions.filter(fitsEvent(asked.filters)),
    byKeys<Event>(
      on((event) => inWindow(event) ?? -1, down(byNumber)),
      on((event) => (event.factuality === factuality ? 1 : 0), down(byNumber)),
      on((event) => (event.historical ? 1 : 0), byNumber),
      on((event) => named(event.actors, row.actors[0]), down(byNumber)),
      on((event) => named(event.recipients, row.recipients[0]), down(byNumber)),
      on(date, byDay),
      on((event) => event.confidence, down(byNumber)),
      on((event) => event.id, byText),
    ),
  )
}

/** What a denial denies: the earliest mention of each claim. */
function deniedMention({ site }: Asked, row: HappeningRow): Event | undefined {
  const claims = new Set(
    row.tellings.flatMap((id) => site.core.tellings.get(id)?.against ?? []),
  )
  return first(
    [...claims].flatMap((id) => site.core.byTelling.get(id) ?? []),
    byKeys<Event>(
      on((event) => site.core.report.get(event.doc)?.date ?? null, byDay),
      on((event) => event.confidence, down(byNumber)),
      on((event) => event.id, byText),
    ),
  )
}

/** How a deed was told before: the last mention ahead of it. */
function earlierMention(
  { site }: Asked,
  deed: HappeningRow,
  ahead: HappeningRow,
): Event | undefined {
  const date = (event: Event) => site.core.report.get(event.doc)?.date ?? ''
  const mentions = ahead.tellings
    .flatMap((id) => site.core.byTelling.get(id) ?? [])
    .filter((event) => date(event) !== '' && date(event) < (deed.first_reported ?? ''))
  return first(
    mentions,
    byKeys<Event>(
      on((event) => (event.factuality === 'planned' ? 1 : 0), down(byNumber)),
      on(date, down(byText)),
      on((event) => event.confidence, down(byNumber)),
      on((event) => event.id, byText),
    ),
  )
}

async function statementItem(asked: Asked, said: Said): Promise<BriefItem> {
  const { statement } = said
  const whole = await asked.site.report(statement.doc)
  const found = whole?.statements.find(({ line }) => line.statement_id === statement.id)
  if (whole === null || found === undefined) {
    throw new ApiError(0, `The files of the site lack the statement ${statement.id}.`)
  }
  const { date = null, outlet = null } = asked.site.core.report.get(statement.doc) ?? {}
  return {
    part: said.part,
    happening_id: null,
    event_type: null,
    act: statement.act,
    mode: null,
    status: null,
    factuality: null,
    actors: [statement.speaker.name],
    recipients: statement.addressee ? [statement.addressee.name] : [],
    when_from: statement.from,
    when_to: statement.to,
    when_basis: statement.basis,
    places: [],
    first_reported: date ?? '',
    origins: 1,
    stories: 1,
    reports: asked.site.core.storyReports.get(statement.story ?? '') ?? 0,
    outlets: outlet ? [outlet] : [],
    confidence: null,
    weight: weightOf(said.weight),
    cite: statementCite(found.line, whole.report),
    denies: null,
    before: null,
  }
}
