/** Numbers that were told otherwise before: `brief_numbers.sql`. */

import type { ChangedNumber, Cite, NumberTold, Status } from '../lib/types'
import { shiftDay } from '../lib/words'
import type { Asked } from './brief'
import type { Event, Party } from './core'
import { fitsEvent, lower } from './filters'
import { byKeys, byNumber, byText, down, first, grouped, on } from './order'

/** A number of an event with the place of the party whose words hold it. */
type AmountRow = [
  event: number,
  party: number,
  start: number,
  value: number,
  low: number | null,
  high: number | null,
  of: string | null,
  modifier: string,
  text: string,
]

interface Amount {
  event: Event
  date: string
  start: number
  value: number
  low: number | null
  high: number | null
  modifier: string
  text: string
  noun: string
  thing: string
  status: Status
  counted: Party | null
  party: Party | null
  partyKey: string | null
}

interface Keyed extends Amount {
  same: boolean
  key: string
}

interface Change extends Keyed {
  earlier: Keyed
  change: number
}

export async function changedNumbers(
  asked: Asked,
): Promise<{ count: number; shown: ChangedNumber[] }> {
  const keyed = (await amounts(asked)).flatMap(keys)
  const inOrder = byKeys<Keyed>(
    on((one) => one.date, byText),
    on((one) => one.event.doc, byText),
    on((one) => one.start, byNumber),
    on((one) => one.event.id, byText),
  )
  const value = (one: Keyed) => JSON.stringify([one.same, one.key, one.thing, one.value])
  const firsts = [...grouped(keyed, value).values()].flatMap((told) => first(told, inOrder) ?? [])
  const chains = grouped(firsts, (one) => JSON.stringify([one.same, one.key, one.thing]))
  const changes = [...chains.values()].flatMap((chain) => changesOf(chain.sort(inOrder), asked))
  const places = grouped(changes, (one) => JSON.stringify([one.event.doc, one.start]))
  const once = [...places.values()].flatMap(
    (told) =>
      first(
        told,
        byKeys<Change>(
          on((one) => Number(one.same), down(byNumber)),
          on((one) => one.event.id, byText),
        ),
      ) ?? [],
  )
  once.sort(
    byKeys<Change>(
      on((one) => Number(one.same), down(byNumber)),
      on((one) => one.change, down(byNumber)),
      on((one) => one.date, down(byText)),
      on((one) => one.event.id, byText),
    ),
  )
  const listed = once.slice(0, asked.limit)
  const cites = await asked.site.cites(
    listed.flatMap((one) => [one.event.id, one.earlier.event.id]),
  )
  const names = asked.site.core.rules.country_names
  return {
    count: once.length,
    shown: listed.map((one) => ({
      of: one.noun,
      party: names[one.counted?.country ?? ''] ?? one.party?.name ?? null,
      event_type: one.event.type,
      status: one.status,
      same_happening: one.same,
      before: toldOf(one.earlier, cites),
      now: toldOf(one, cites),
    })),
  }
}

function changesOf(chain: readonly Keyed[], { since }: Asked): Change[] {
  const size = (one: Keyed) => Math.log(Math.max(one.value, 1))
  return chain.flatMap((one, at) => {
    const earlier = chain[at - 1]
    if (earlier === undefined || one.date < since || earlier.date >= one.date) return []
    return [{ ...one, earlier, change: Math.abs(size(one) - size(earlier)) }]
  })
}

function toldOf(one: Keyed, cites: ReadonlyMap<string, Cite>): NumberTold {
  const { value, low, high, modifier, text } = one
  return { value, low, high, modifier, text, cite: cites.get(one.event.id) as Cite }
}

async function amounts(asked: Asked): Promise<Amount[]> {
  const { site, until } = asked
  const { brief, same, lines } = site.core.rules
  const begin = shiftDay(asked.since, -brief.before_days)
  const fits = fitsEvent(asked.filters)
  const found = await site.load<AmountRow[]>('amounts')
  return found.flatMap(([at, place, start, value, low, high, of, modifier, text]): Amount[] => {
    const event = site.core.events[at]
    const date = site.core.report.get(event?.doc ?? '')?.date ?? null
    if (event === undefined || date === null || date < begin || date > until) return []
    if (event.historical || event.telling === null || of === null || !fits(event)) return []
    const noun = lower(of)
    if (lines.measures.includes(noun)) return []
    const counted = site.core.parties[place] ?? null
    const other = event.actors[0] ?? event.recipients[0] ?? null
    return [
      {
        event,
        date,
        start,
        value,
        low,
        high,
        modifier,
        text,
        noun,
        thing: same[noun] ?? noun,
        status: statusOf(event),
        counted,
        party: counted ?? other,
        partyKey: counted?.country ?? other?.country ?? other?.id ?? null,
      },
    ]
  })
}

function statusOf({ factuality }: Event): Status {
  if (factuality === 'happened') return 'happened'
  return factuality === 'planned' || factuality === 'hypothetical' ? 'ahead' : 'not_so'
}

/** A number is compared with those of its happening, and with those of one party. */
function keys(one: Amount): Keyed[] {
  const of = { ...one, same: true, key: one.event.telling?.happening ?? '' }
  if (one.partyKey === null) return [of]
  const [recipient] = one.event.recipients
  const toward = recipient === undefined ? null : (recipient.country ?? recipient.id)
  const parts = [one.event.type, one.status, one.partyKey, one.counted === null ? toward : null]
  const key = parts.filter((part) => part !== null).join('|')
  return [of, { ...one, same: false, key }]
}
