/** The first file of a site, with the narrow rows that filters and counts read. */

import type { Factuality, Happening, Overview } from '../lib/types'

export interface Party {
  id: string
  name: string
  country: string | null
  sectors: readonly string[]
  text: string
}

export interface Place {
  name: string
  country: string | null
  geonameid: number | null
  lat: number | null
  lon: number | null
  precision: string
  text: string
}

export interface Telling {
  id: string
  happening: string | null
  against: string | null
}

export interface Report {
  at: number
  id: string
  date: string | null
  outlet: string | null
  relation: string | null
  story: string | null
}

/** An event with what filters, counts and orders read; `at` is its place in the files. */
export interface Event {
  at: number
  id: string
  doc: string
  type: string
  mode: string | null
  contexts: readonly string[]
  factuality: Factuality
  historical: boolean
  from: string | null
  to: string | null
  confidence: number
  score: number
  quad: number
  trigger: number
  sentence: number
  telling: Telling | null
  actors: readonly Party[]
  recipients: readonly Party[]
  by: readonly Party[]
  places: readonly Place[]
  story: string | null
}

export interface Statement {
  id: string
  doc: string
  source: string
  act: string
  speaker: Party
  anonymous: boolean
  addressee: Party | null
  events: readonly string[]
  story: string | null
  from: string | null
  to: string | null
  basis: string | null
  sentence: number
  cue: number
}

export interface HappeningRow extends Happening {
  first: string
  tellings: string[]
}

export interface Codes {
  types: [string, number, number, Record<string, number>][]
  acts: string[]
  contexts: string[]
  factualities: Factuality[]
  countries: string[]
  country_words: Record<string, string>
}

export interface BriefWeights {
  types: string[]
  type_weights: number[]
  quad_weights: number[]
  factualities: string[]
  factuality_weights: number[]
  origins_step: number
  origins_most: number
  confidence_least: number
  confidence_statement: number
  party_weights: number[]
  acts: string[]
  act_type_weights: number[]
  act_quad_weights: number[]
  before_days: number
}

export interface Rules {
  brief: BriefWeights
  same: Record<string, string>
  lines: {
    about: number
    current_days: number
    points: number
    measures: string[]
    money: string[]
    mixed: string[]
  }
  grouping: Record<
    | 'threshold'
    | 'answer'
    | 'title'
    | 'before'
    | 'near'
    | 'far'
    | 'outside'
    | 'said'
    | 'name'
    | 'repeat'
    | 'most',
    number
  >
  move_types: string[]
  move_acts: string[]
  country_names: Record<string, string>
  states: string[]
}

/** The file as it is written. */
export interface CoreFile {
  form: number
  texts: boolean
  filtered: boolean
  chunk: { events: number; reports: number; stories: number }
  overview: Overview
  codes: Codes
  rules: Rules
  reports: Record<'doc_id' | 'date' | 'outlet' | 'relation' | 'story_id', (string | null)[]>
  statements: Record<string, unknown[]>
  stories: [string, string, number][]
  names: Record<string, [string, string | null, string[] | null]>
  events: Record<string, unknown[]>
  parties: [string, string, string | null, string[], string][]
  places: [
    string,
    string | null,
    number | null,
    number | null,
    number | null,
    string,
    string,
  ][]
  tellings: [string, string | null, string | null][]
  lists: number[][]
  words: string[]
}

export interface Core {
  texts: boolean
  filtered: boolean
  chunk: CoreFile['chunk']
  overview: Overview
  codes: Codes
  rules: Rules
  names: CoreFile['names']
  parties: Party[]
  reports: Report[]
  report: Map<string, Report>
  events: Event[]
  event: Map<string, Event>
  byTelling: Map<string, Event[]>
  tellings: Map<string, Telling>
  statements: Statement[]
  storyAt: Map<string, number>
  storyReports: Map<string, number>
}

export const FORM = 1

export function openCore(file: CoreFile): Core {
  const { words, lists } = file
  const word = (column: string, table: Record<string, unknown[]>, at: number) =>
    words[Number(table[column]?.[at])] ?? null
  const parties = file.parties.map(
    ([id, name, country, sectors, text]): Party => ({ id, name, country, sectors, text }),
  )
  const places = file.places.map(
    ([name, country, geonameid, lat, lon, precision, text]): Place => ({
      name,
      country,
      geonameid,
      lat,
      lon,
      precision,
      text,
    }),
  )
  const tellings = file.tellings.map(
    ([id, happening, against]): Telling => ({ id, happening, against }),
  )
  const partyLists = new Map<number, Party[]>()
  const partiesOf = (place: number) => listed(partyLists, lists, parties, place)
  const placeLists = new Map<number, Place[]>()
  const wordLists = new Map<number, string[]>()
  const table = file.events
  const events = (table['id'] ?? []).map((id, at): Event => {
    const number = (name: string) => Number(table[name]?.[at])
    return {
      at,
      id: String(id),
      doc: word('doc', table, at) ?? '',
      type: word('type', table, at) ?? '',
      mode: word('mode', table, at),
      contexts: listed(wordLists, lists, words, number('contexts')),
      factuality: word('factuality', table, at) as Factuality,
      historical: number('historical') === 1,
      from: word('from', table, at),
      to: word('to', table, at),
      confidence: number('confidence'),
      score: number('score'),
      quad: number('quad'),
      trigger: number('trigger'),
      sentence: number('sentence'),
      telling: tellings[number('telling')] ?? null,
      actors: partiesOf(number('actors')),
      recipients: partiesOf(number('recipients')),
      by: partiesOf(number('by')),
      places: listed(placeLists, lists, places, number('places')),
      story: word('story', table, at),
    }
  })
  const reports = file.reports.doc_id.map(
    (id, at): Report => ({
      at,
      id: String(id),
      date: file.reports.date[at] ?? null,
      outlet: file.reports.outlet[at] ?? null,
      relation: file.reports.relation[at] ?? null,
      story: file.reports.story_id[at] ?? null,
    }),
  )
  const byTelling = new Map<string, Event[]>()
  for (const event of events) {
    if (event.telling === null) continue
    const held = byTelling.get(event.telling.id)
    if (held === undefined) byTelling.set(event.telling.id, [event])
    else held.push(event)
  }
  return {
    texts: file.texts,
    filtered: file.filtered,
    chunk: file.chunk,
    overview: file.overview,
    codes: file.codes,
    rules: file.rules,
    names: file.names,
    parties,
    reports,
    report: new Map(reports.map((report) => [report.id, report])),
    events,
    event: new Map(events.map((event) => [event.id, event])),
    byTelling,
    tellings: new Map(tellings.map((telling) => [telling.id, telling])),
    statements: statementsOf(file, words, parties),
    storyAt: new Map(file.stories.map(([id], at) => [id, at])),
    storyReports: new Map(file.stories.map(([id, , count]) => [id, count])),
  }
}

function statementsOf(file: CoreFile, words: string[], parties: Party[]): Statement[] {
  const table = file.statements
  const word = (column: string, at: number) => words[Number(table[column]?.[at])] ?? null
  return (table['id'] ?? []).map((id, at): Statement => ({
    id: String(id),
    doc: word('doc', at) ?? '',
    source: String(table['source']?.[at]),
    act: word('act', at) ?? '',
    speaker: parties[Number(table['speaker']?.[at])] as Party,
    anonymous: table['anonymous']?.[at] === 1,
    addressee: parties[Number(table['addressee']?.[at])] ?? null,
    events: (table['events']?.[at] ?? []) as string[],
    story: word('story', at),
    from: word('from', at),
    to: word('to', at),
    basis: word('basis', at),
    sentence: Number(table['sentence']?.[at]),
    cue: Number(table['cue']?.[at]),
  }))
}

/** Return the things of a list, the same array for the same list. */
function listed<T>(
  known: Map<number, T[]>,
  lists: readonly number[][],
  things: readonly T[],
  place: number,
): T[] {
  let found = known.get(place)
  if (found === undefined) {
    found = (lists[place] ?? []).map((at) => things[at] as T)
    known.set(place, found)
  }
  return found
}
