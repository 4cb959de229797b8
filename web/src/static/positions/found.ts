/** The moves that fit: `onrecord.show.views.positions_find`. */

import type { Cite, Factuality, Passage } from '../../lib/types'
import type { MoveKind } from '../../views/positions/shapes'
import { within } from '../cite'
import type { Event, Report, Statement } from '../core'
import {
  type Filters,
  fitsEvent,
  fitsStatement,
  isNone,
} from '../filters'
import { byKeys, byNumber, byText, grouped, lastDay, on } from '../order'
import type { Site } from '../site'
import { type Packed, unpackAll } from '../unpack'

export type Actor = [
  name: string,
  id: string,
  country: string | null,
  sectors: string[],
  text: string,
]

/** A move that some filter may leave, as the file has it. */
export interface Found {
  event: string | null
  statement: string | null
  kind: MoveKind
  /** Its word may name what it is about. */
  names: boolean
  type: string | null
  act: string | null
  factuality: Factuality
  day: string | null
  basis: 'text' | 'publication'
  word: Passage
  actors: Actor[]
  recipients: Actor[]
  by: [name: string, id: string][]
  content: [number, number][]
  said: [number, number][]
  refers: boolean
  mention: boolean
  cite: Cite
}

export interface MovesFile {
  moves: Packed
  forms: Record<string, [concept: number, folded: string | 0, named: number]>
}

const UNKNOWN = 'ent-'
const ASKED_OF_STATEMENTS = ['actor', 'recipient', 'country', 'by', 'story']

export function findMoves(site: Site, file: MovesFile, filters: Filters): Found[] {
  const all = unpackAll<Found>(file.moves)
  for (const { cite } of all) cite.cells = within(cite.cells, cite.sentence)
  const events = new Map(all.flatMap((one) => (one.event === null ? [] : [[one.event, one]])))
  const statements = new Map(
    all.flatMap((one) => (one.event === null ? [[one.statement ?? '', one]] : [])),
  )
  const ofEvents = latestEvents(site, filters).flatMap(({ id }) => events.get(id) ?? [])
  const ofStatements = latestStatements(site, filters).flatMap(
    ({ id }) => statements.get(id) ?? [],
  )
  const moves = withoutRepeats(joined(ofEvents, ofStatements))
  return moves.sort(inText)
}

/** The latest events of the types that moves have, in order of their ids. */
function latestEvents(site: Site, filters: Filters): Event[] {
  const { move_types: types, grouping } = site.core.rules
  const fits = fitsEvent(filters)
  const found = site.core.events.filter(
    (event) => types.includes(event.type) && isOriginal(site, event) && fits(event),
  )
  return latest(site, found, grouping.most)
}

function latestStatements(site: Site, filters: Filters): Statement[] {
  const given = Object.keys(filters.many)
  const others = given.filter((name) => !ASKED_OF_STATEMENTS.includes(name))
  if (others.length > 0 || filters.confidence !== null) return []
  const { move_acts: acts, grouping } = site.core.rules
  const fits = fitsStatement(filters)
  const found = site.core.statements.filter(
    (statement) => acts.includes(statement.act) && isOriginal(site, statement) && fits(statement),
  )
  return latest(site, found, grouping.most)
}

function isOriginal(site: Site, row: { doc: string }): boolean {
  return reportOf(site, row)?.relation === 'original'
}

function reportOf(site: Site, row: { doc: string }): Report | undefined {
  return site.core.report.get(row.doc)
}

function latest<T extends { id: string; doc: string }>(
  site: Site,
  rows: readonly T[],
  most: number,
): T[] {
  const order = byKeys<T>(
    on((row) => reportOf(site, row)?.date ?? null, lastDay),
    on((row) => row.id, byText),
  )
  return [...rows].sort(order).slice(0, most).sort(on((row) => row.id, byText))
}

/** Events with the statements they tell, then the other statements. */
function joined(events: readonly Found[], statements: readonly Found[]): Found[] {
  const here = grouped(statements, placeOf)
  const used = new Set<string | null>()
  const told = events.map((event) => {
    const same = (here.get(placeOf(event)) ?? []).filter((one) => isSame(event, one))
    for (const one of same) used.add(one.statement)
    const [first] = same
    return first === undefined ? event : withStatement(event, first)
  })
  const untold = [...here.values()].flat().filter((one) => !used.has(one.statement))
  return [...told, ...untold]
}

export function placeOf({ cite }: Found): string {
  return `${cite.doc_id} ${cite.sentence.start}`
}

function isSame(event: Found, statement: Found): boolean {
  const [one, other] = [event.word, statement.word]
  return event.kind === statement.kind || (one.start < other.end && other.start < one.end)
}

function withStatement(event: Found, statement: Found): Found {
  return {
    ...event,
    content: statement.content,
    recipients: event.recipients.length ? event.recipients : statement.recipients,
    actors: event.actors.length ? event.actors : statement.actors,
    statement: statement.statement,
  }
}

const inText = byKeys<Found>(
  on((move) => move.cite.doc_id, byText),
  on((move) => move.cite.sentence.start, byNumber),
  on((move) => move.word.start, byNumber),
)

/** Moves among the known; of a kind by a party in a sentence the first. */
function withoutRepeats(moves: Found[]): Found[] {
  const kept = new Map<string, Found>()
  for (const move of moves.sort(inText)) {
    const ids = move.actors.map(([, id]) => id)
    if (ids.length === 0 || ![...move.actors, ...move.recipients].some(isKnown)) continue
    const key = JSON.stringify([placeOf(move), move.kind, ids])
    if (!kept.has(key)) kept.set(key, move)
  }
  return [...kept.values()]
}

function isKnown([name, id, country, sectors]: Actor): boolean {
  if (country || sectors.length > 0 || !id.startsWith(UNKNOWN)) return true
  const words = name.split(/\s+/).filter(Boolean)
  return words.length > 1 && words.every(isUpper)
}

export function isUpper(word: string): boolean {
  return /^\p{Uppercase}/u.test(word)
}

export function isUnfiltered(site: Site, filters: Filters): boolean {
  return isNone(filters) && !site.core.filtered
}
