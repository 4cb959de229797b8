/** What the page calls things: labels of codes, numbers and days. */

import type { Factuality, Quantity, Status, When } from './types'

export const FACTUALITIES: readonly Factuality[] = [
  'happened',
  'planned',
  'hypothetical',
  'denied',
  'negated',
]

export const FACTUALITY_WORDS: Record<Factuality, string> = {
  happened: 'happened',
  planned: 'planned',
  hypothetical: 'possible or asked for',
  denied: 'denied',
  negated: 'did not happen',
}

export const STATUS_WORDS: Record<Status, string> = {
  happened: 'happened',
  ahead: 'ahead',
  not_so: 'not so',
}

/** The factuality whose drawing stands for a status. */
export const STATUS_LINE: Record<Status, Factuality> = {
  happened: 'happened',
  ahead: 'planned',
  not_so: 'negated',
}

export type Quad = 1 | 2 | 3 | 4

export const QUADS: readonly Quad[] = [1, 2, 3, 4]

export const QUAD_WORDS: Record<Quad, string> = {
  1: 'cooperation in words',
  2: 'cooperation in deeds',
  3: 'conflict in words',
  4: 'conflict in deeds',
}

/** PLOVER's types with their quad and what they are, in the codebook's order. */
export const TYPES: Record<string, { quad: Quad; is: string }> = {
  AGREE: { quad: 1, is: 'agree, promise or offer to cooperate' },
  CONSULT: { quad: 1, is: 'meet, visit, call, talk or negotiate' },
  SUPPORT: { quad: 1, is: 'give non-material support: praise, back, recognise, sign, ratify' },
  CONCEDE: {
    quad: 1,
    is: 'concede in words: apologise, pardon, promise to ease, announce a ceasefire or withdrawal',
  },
  COOPERATE: {
    quad: 2,
    is: 'exchange material benefit on both sides: joint exercises, extradition, intelligence',
  },
  AID: { quad: 2, is: 'give material benefit: money, arms, relief, asylum' },
  RETREAT: { quad: 2, is: 'yield materially: withdraw, release, disarm, resign' },
  REQUEST: { quad: 3, is: 'ask, appeal, demand, order or propose' },
  ACCUSE: { quad: 3, is: 'condemn, criticise, accuse, sue or investigate' },
  REJECT: { quad: 3, is: 'refuse, veto, decline or cancel' },
  THREATEN: { quad: 3, is: 'warn of coercion' },
  PROTEST: { quad: 4, is: 'act collectively as civilians' },
  SANCTION: {
    quad: 4,
    is: 'reduce relations: sanctions, expulsions, convictions, withdrawal of aid',
  },
  MOBILIZE: { quad: 4, is: 'move armed units, weapons or police short of force' },
  COERCE: {
    quad: 4,
    is: 'coerce short of violence: arrest, seize, ban, restrict, censor, deport',
  },
  ASSAULT: { quad: 4, is: 'do or attempt substantial physical harm' },
}

export function quadOf(type: string): Quad | null {
  return TYPES[type]?.quad ?? null
}

/** Names of cells as a reader calls them. */
export const CELL_WORDS: Record<string, string> = {
  type: 'what',
  mode: 'in which way',
  actor: 'who',
  recipient: 'to whom',
  by: 'on whose word',
  cue: 'word of saying',
  when: 'when',
  where: 'where',
  quantity: 'how many',
  factuality: 'whether it happened',
  condition: 'on what condition',
  context: 'context',
  content: 'what is said',
}

export function cellWord(cell: string): string {
  return CELL_WORDS[cell] ?? cell.replaceAll('_', ' ')
}

/** `3 reports`, `1 report`; with a comma between thousands. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`
}

const PLAIN = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 })
const SHORT = new Intl.NumberFormat('en-GB', {
  notation: 'compact',
  maximumFractionDigits: 1,
})

export function number(value: number): string {
  return PLAIN.format(value)
}

/** 12,300 as `12.3K`, for places with little room. */
export function shortNumber(value: number): string {
  return value < 10_000 ? PLAIN.format(value) : SHORT.format(value)
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

export function day(iso: string): string {
  return DAY.format(parse(iso))
}

export function longDay(iso: string): string {
  const date = format(iso, { day: 'numeric', month: 'long', year: 'numeric' })
  return `${format(iso, { weekday: 'long' })} ${date}`
}

/** `28 to 29 Jan 2022`, or both in full where they share no month. */
export function days(from: string, to: string): string {
  return span(from, to, 'short')
}

export function longDays(from: string, to: string): string {
  return from === to ? longDay(from) : span(from, to, 'long')
}

function span(from: string, to: string, month: 'short' | 'long'): string {
  const last = format(to, { day: 'numeric', month, year: 'numeric' })
  if (from === to) return last
  if (from.slice(0, 4) !== to.slice(0, 4)) {
    return `${format(from, { day: 'numeric', month, year: 'numeric' })} to ${last}`
  }
  const parts = from.slice(0, 7) === to.slice(0, 7) ? {} : { month }
  return `${format(from, { day: 'numeric', ...parts })} to ${last}`
}

function format(iso: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' }).format(parse(iso))
}

/** Return the day `by` days later, as an ISO date. */
export function shiftDay(iso: string, by: number): string {
  const shifted = parse(iso)
  shifted.setUTCDate(shifted.getUTCDate() + by)
  return shifted.toISOString().slice(0, 10)
}

/** Return how many days lie between two ISO dates. */
export function daysBetween(from: string, to: string): number {
  return Math.round((parse(to).getTime() - parse(from).getTime()) / 86_400_000)
}

export function parse(iso: string): Date {
  return new Date(`${iso.slice(0, 10)}T00:00:00Z`)
}

export function whenWords(when: When): string {
  return when.basis === 'publication'
    ? `${days(when.from, when.to)} (day of publication)`
    : days(when.from, when.to)
}

const MODIFIERS: Record<string, string> = {
  about: 'about ',
  at_least: 'at least ',
  at_most: 'at most ',
}

export function quantityWords(quantity: Quantity): string {
  const { value, low, high, of, modifier } = quantity
  const amount =
    low !== null && high !== null
      ? `${number(low)} to ${number(high)}`
      : `${MODIFIERS[modifier] ?? ''}${number(value)}`
  return of ? `${amount} ${of}` : amount
}

/** `Kyiv, Minsk and Moscow` */
export function joined(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? ''
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
