/** The filters as `onrecord.store.filters` has them, on narrow rows. */

import { ApiError } from '../lib/api'
import { MANY, type ManyFilter } from '../lib/location'
import type { Codes, Event, Party, Place, Statement } from './core'

export interface Filters {
  many: Readonly<Partial<Record<ManyFilter, readonly string[]>>>
  since: string | null
  until: string | null
  confidence: number | null
}

export const NONE: Filters = { many: {}, since: null, until: null, confidence: null }

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What is small in DuckDB: each code point by itself, so that none becomes two. */
export function lower(text: string): string {
  let out = ''
  for (const character of text) {
    const small = character.toLowerCase()
    out += [...small].length === 1 ? small : character === 'İ' ? 'i' : character
  }
  return out
}

/** Read the filters of a query; what nothing can have is told as the service does. */
export function readFilters(query: URLSearchParams, codes: Codes): Filters {
  const many: Partial<Record<ManyFilter, readonly string[]>> = {}
  const known: Partial<Record<ManyFilter, readonly string[]>> = {
    type: [...codes.types.map(([name]) => name), ...codes.acts],
    mode: codes.types.flatMap(([, , , modes]) => Object.keys(modes)),
    context: codes.contexts,
    factuality: codes.factualities,
  }
  for (const name of MANY) {
    const given = query.getAll(name)
    if (given.length === 0) continue
    const valid = known[name]
    if (valid !== undefined) many[name] = given.map((value) => oneOf(name, value, valid))
    else if (name === 'country') many[name] = given.map((value) => countryOf(value, codes))
    else many[name] = given
  }
  const confidence = query.get('min_confidence')
  return {
    many,
    since: dayOf(query, 'since'),
    until: dayOf(query, 'until'),
    confidence: confidence === null ? null : Number(confidence),
  }
}

function oneOf(name: string, value: string, valid: readonly string[]): string {
  const found = valid.find((one) => one.toLowerCase() === value.toLowerCase())
  if (found !== undefined) return found
  const listed = [...new Set(valid)].sort().join(', ')
  throw new ApiError(400, `${name} '${value}' is not known; valid: ${listed}`)
}

function countryOf(value: string, codes: Codes): string {
  if (codes.countries.includes(value.toUpperCase())) return value.toUpperCase()
  const found = codes.country_words[value.trim().toLowerCase()]
  if (found !== undefined) return found
  throw new ApiError(400, `country '${value}' is not known; give ISO3 or an English name`)
}

function dayOf(query: URLSearchParams, name: string): string | null {
  const value = query.get(name)
  if (value === null) return null
  if (DAY.test(value) && !Number.isNaN(Date.parse(value))) return value
  throw new ApiError(400, `${name}: '${value}' is not a day; write it as 2022-01-29`)
}

export function isNone(filters: Filters): boolean {
  const { since, until, confidence } = filters
  const set = Object.values(filters.many).some((values) => values.length > 0)
  return !set && since === null && until === null && confidence === null
}

export function timeless(filters: Filters): Filters {
  return { ...filters, since: null, until: null }
}

/** Return the filters with only some of those that have several values. */
export function only(filters: Filters, names: readonly ManyFilter[]): Filters {
  const many = Object.fromEntries(
    Object.entries(filters.many).filter(([name]) => names.includes(name as ManyFilter)),
  )
  return { ...NONE, many }
}

export type Fits<T> = (row: T) => boolean

/** Return what tells whether an event fits. */
export function fitsEvent(filters: Filters): Fits<Event> {
  const tests: Fits<Event>[] = []
  const { many, since, until, confidence } = filters
  const parties: [ManyFilter, (event: Event) => readonly Party[]][] = [
    ['actor', (event) => event.actors],
    ['recipient', (event) => event.recipients],
    ['by', (event) => event.by],
  ]
  for (const [name, of] of parties) {
    const fits = fitsParty(many[name])
    if (fits) tests.push((event) => of(event).some(fits))
  }
  const country = inside(many.country)
  if (country) {
    const has = (party: Party) => country(party.country)
    tests.push((event) => event.actors.some(has) || event.recipients.some(has))
  }
  const type = inside(many.type)
  if (type) tests.push((event) => type(event.type))
  const mode = inside(many.mode)
  if (mode) tests.push((event) => mode(event.mode))
  const context = many.context?.map(fold)
  if (context) tests.push((event) => event.contexts.some((value) => context.includes(value)))
  const factuality = inside(many.factuality)
  if (factuality) tests.push((event) => factuality(event.factuality))
  if (since !== null) tests.push(({ to }) => to !== null && to >= since)
  if (until !== null) tests.push(({ from }) => from !== null && from <= until)
  const place = inside(many.place)
  if (place) {
    const has = (one: Place) => place(one.name) || place(one.country) || place(one.text)
    tests.push((event) => event.places.some(has))
  }
  const story = many.story?.map(fold)
  if (story) tests.push((event) => event.story !== null && story.includes(event.story))
  if (confidence !== null) tests.push((event) => event.confidence >= confidence)
  return (event) => tests.every((test) => test(event))
}

export const STATEMENT_FILTERS: readonly ManyFilter[] = [
  'actor',
  'recipient',
  'country',
  'by',
  'story',
]

/** Return what tells whether a statement fits what it has columns for, but for its act. */
export function fitsStatement(filters: Filters): Fits<Statement> {
  const tests: Fits<Statement>[] = []
  const { many, since, until } = filters
  for (const name of ['actor', 'by'] as const) {
    const fits = fitsParty(many[name])
    if (fits) tests.push((statement) => fits(statement.speaker))
  }
  const recipient = fitsParty(many.recipient)
  if (recipient) tests.push(({ addressee }) => addressee !== null && recipient(addressee))
  const country = inside(many.country)
  if (country) tests.push((statement) => country(statement.speaker.country))
  if (since !== null) tests.push(({ to }) => to !== null && to >= since)
  if (until !== null) tests.push(({ from }) => from !== null && from <= until)
  const story = many.story?.map(fold)
  if (story) tests.push(({ story: own }) => own !== null && story.includes(own))
  return (statement) => tests.every((test) => test(statement))
}

function fold(value: string): string {
  return value.toLowerCase()
}

function inside(values: readonly string[] | undefined): Fits<string | null> | null {
  if (values === undefined || values.length === 0) return null
  const folded = new Set(values.map(fold))
  return (value) => value !== null && folded.has(lower(value))
}

function fitsParty(values: readonly string[] | undefined): Fits<Party> | null {
  if (values === undefined || values.length === 0) return null
  const folded = values.map(fold)
  const known = new Map<Party, boolean>()
  return (party) => {
    let found = known.get(party)
    if (found === undefined) {
      found = folded.some((value) => answersTo(party, value))
      known.set(party, found)
    }
    return found
  }
}

function answersTo(party: Party, value: string): boolean {
  const { country } = party
  const words = (text: string) => ` ${lower(text)} `.includes(` ${value} `)
  return (
    lower(party.id) === value ||
    (country !== null &&
      (lower(country) === value ||
        party.sectors.some((sector) => lower(`${country}.${sector}`) === value))) ||
    words(party.name) ||
    words(party.text)
  )
}
