/** Comparing what a site answers with what the service answers. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'

import { fromSite } from '../../src/static/transport'

export type Ask = (path: string) => Promise<unknown>

/** Return what asks the files of a site, loaded as a page loads them. */
export function askSite(folder: string): Ask {
  const given = new Map<string, unknown>()
  const onrecord = (name: string, text: string) => given.set(name, JSON.parse(text))
  const load = <T>(name: string): Promise<T> => {
    if (!given.has(name)) {
      const script = readFileSync(join(folder, 'data', `${name}.js`), 'utf-8')
      runInNewContext(script, { onrecord })
    }
    return Promise.resolve(structuredClone(given.get(name)) as T)
  }
  const transport = fromSite(load)
  return (path) => transport(path, new AbortController().signal)
}

/** Filters as a page has them, one and several at once. */
export const FILTERS = [
  '',
  'type=REQUEST&type=CONSULT&mode=troops',
  'country=Russia&by=Reuters&by=White%20House&by=Kremlin',
  'place=Ukraine&place=Kyiv&factuality=happened&min_confidence=0.8',
]

/** Every address that the page asks, without its filters. */
export function lists(since: string): string[] {
  return [
    'facets',
    ...['when', '-report', 'confidence'].map(
      (order) => `events?order=${order}&limit=20`,
    ),
    'series?step=day&what=happenings&clock=event',
    'series?step=week&what=events&clock=report',
    'map',
    'network?limit=60',
    'numbers',
    'positions',
    'reports?order=-report',
    `brief?since=${since}&limit=10`,
  ]
}

export function withFilters(address: string, filters: string): string {
  const own = address.includes('since=')
    ? filters.replace(/(^|&)since=[^&]*/, '')
    : filters
  if (!own) return address
  return `${address}${address.includes('?') ? '&' : '?'}${own.replace(/^&/, '')}`
}

/**
 * Return an answer without what the service itself leaves open: the order of mentions of
 * one report, which sectors stand with a name that is told with several, and whether a
 * round weight is a number or its digits.
 */
export function settled(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(settled)
  if (typeof answer !== 'object' || answer === null) return answer
  const found = Object.entries(answer).map(([name, value]): [string, unknown] => {
    if (name === 'others' && Array.isArray(value)) return [name, sorted(value.map(settled))]
    if (name === 'weight') {
      return [name, Object.fromEntries(Object.entries(value as object).map(numbered))]
    }
    return [name, settled(value)]
  })
  const plain = Object.fromEntries(found)
  const isNode = 'sectors' in plain && 'count' in plain && 'id' in plain
  return isNode ? { ...plain, sectors: null } : plain
}

function numbered([name, value]: [string, unknown]): [string, number] {
  return [name, Number(value)]
}

function sorted(mentions: unknown[]): unknown[] {
  const id = (mention: unknown) => (mention as { event_id: string }).event_id
  return mentions.sort((a, b) => (id(a) < id(b) ? -1 : 1))
}
