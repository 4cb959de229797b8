/** Lists of events, and one with all that it rests on. */

import { ApiError } from '../lib/api'
import type { EventView, Listing, ListedEvent } from '../lib/types'
import { eventCite } from './cite'
import type { Core, Event } from './core'
import { fitsEvent, readFilters } from './filters'
import { findPage } from './listing'
import { type Order, byDay, byKeys, byNumber, byText, down, lastDay, on } from './order'
import type { Site } from './site'

const OTHERS = 50

function inText(sources: Map<string, string>): Order<Event> {
  return byKeys(
    on((event) => sources.get(event.doc) ?? '', byText),
    on((event) => event.doc, byText),
    on((event) => event.trigger, byNumber),
    on((event) => event.id, byText),
  )
}

async function orderOf(site: Site, name: string): Promise<Order<Event>> {
  const rows = await site.reportRows()
  const rest = inText(new Map(rows.map((row) => [row.doc_id, row.source_id])))
  const day = (event: Event) => site.core.report.get(event.doc)?.date ?? null
  const orders: Record<string, Order<Event>> = {
    when: on((event) => event.from, byDay),
    '-when': on((event) => event.from, lastDay),
    report: on(day, byDay),
    '-report': on(day, lastDay),
    confidence: byKeys(on((event) => event.confidence, down(byNumber)), on(day, lastDay)),
  }
  const order = orders[name]
  if (order === undefined) throw new ApiError(400, `order: '${name}' is not known`)
  return byKeys(order, rest)
}

export function fitting(core: Core, query: URLSearchParams): Event[] {
  return core.events.filter(fitsEvent(readFilters(query, core.codes)))
}

export async function listEvents(
  site: Site,
  query: URLSearchParams,
): Promise<Listing<ListedEvent>> {
  const order = await orderOf(site, query.get('order') ?? 'when')
  const found = fitting(site.core, query)
  const page = findPage(found, order, query, (id) => site.core.event.get(id))
  const whole = await site.events(page.rows.map((event) => event.id))
  return {
    items: page.rows.flatMap((event) => whole.get(event.id)?.event ?? []),
    total: page.total,
    next: page.next,
  }
}

export async function eventView(site: Site, eventId: string): Promise<EventView> {
  const found = (await site.events([eventId])).get(eventId)
  const narrow = site.core.event.get(eventId)
  if (found === undefined || narrow === undefined) {
    throw new ApiError(404, `no event '${eventId}' in this record; /api/events lists them`)
  }
  const { event, sentence, report, before, after } = found
  const happenings = await site.happenings()
  const happening = happenings.find((one) => one.happening_id === event.happening_id) ?? null
  const told = (happening?.tellings ?? [])
    .flatMap((telling) => site.core.byTelling.get(telling) ?? [])
    .filter((other) => other.id !== eventId)
    .sort(on((other) => other.id, byText))
    .slice(0, OTHERS)
  const cites = [...(await site.cites(told.map((other) => other.id))).values()]
  const story = event.story_id === null ? null : await site.story(event.story_id)
  return {
    event,
    report,
    sentence,
    marks: eventCite(event, report).cells,
    before,
    after,
    copies: story?.reports.filter((other) => other.doc_id !== event.doc_id) ?? [],
    happening,
    others: cites.sort(
      byKeys(on((cite) => cite.date, byDay), on((cite) => cite.doc_id, byText)),
    ),
  }
}
