/**
 * The shapes of the service's answers. Names are those of CONTRACT.md and of the
 * structs in `onrecord.show.views`; absent is null or an empty list.
 */

export type Factuality = 'happened' | 'planned' | 'hypothetical' | 'negated' | 'denied'
export type Status = 'happened' | 'ahead' | 'not_so'

/** A half-open range of code points into the text of a report, with its words. */
export interface Passage {
  start: number
  end: number
  text: string
}

/** Words that a cell rests on; places count in the report. */
export interface CellMark {
  cell: string
  start: number
  end: number
}

/** One sentence of one report, and on whose word it tells what it tells. */
export interface Cite {
  event_id: string | null
  statement_id: string | null
  doc_id: string
  source_id: string
  outlet: string | null
  date: string | null
  title: string | null
  url: string | null
  sentence: Passage
  by: string[]
  cells: CellMark[]
}

export interface Party extends Passage {
  name: string
  entity_id: string
  country: string | null
  sectors: string[]
  role: string | null
  basis: string
  antecedent: Passage | null
}

export interface Source extends Party {
  anonymous: boolean
  cue: Passage
}

export interface When {
  from: string
  to: string
  basis: 'text' | 'publication'
  granularity: string
  spans: Passage[]
}

export interface Place extends Passage {
  name: string
  country: string | null
  admin1: string | null
  lat: number | null
  lon: number | null
  geonameid: number | null
  precision: string
}

export interface Quantity extends Passage {
  value: number
  low: number | null
  high: number | null
  of: string | null
  modifier: string
}

export interface CodedCell {
  cell: string
  value: string
  spans: Passage[]
  rule: string
}

/** An event line of CONTRACT.md. */
export interface EventLine {
  record: 'event'
  event_id: string
  doc_id: string
  source_id: string
  story_id: string | null
  telling_id: string | null
  event_type: string
  mode: string | null
  contexts: string[]
  quad: number
  score: number
  cameo: string
  trigger: Passage
  sentence: Passage
  actors: Party[]
  recipients: Party[]
  factuality: Factuality
  historical: boolean
  condition: Passage | null
  attribution: Source[]
  when: When | null
  where: Place[]
  quantities: Quantity[]
  confidence: number
  rule: string
  cells: CodedCell[]
}

/** An event of a list: its line with what its report is. */
export interface ListedEvent extends EventLine {
  outlet: string | null
  date: string | null
  title: string | null
  happening_id: string | null
}

export interface Listing<T> {
  items: T[]
  total: number
  next: string | null
}

export interface RecordCounts {
  reports: number
  stories: number
  events: number
  happenings: number
  statements: number
  rejected: number
}

export interface RunRow {
  run_id: string
  number: number
  started: string
  program: string
}

export interface Overview {
  name: string
  counts: RecordCounts
  first_date: string | null
  last_date: string | null
  runs: RunRow[]
  version: string
  /** Who judges events here, where the service was started for that. */
  review?: { author: string } | null
}

export interface Facet {
  value: string
  count: number
}

export type FacetName =
  | 'type'
  | 'mode'
  | 'context'
  | 'factuality'
  | 'country'
  | 'actor'
  | 'recipient'
  | 'by'
  | 'place'
  | 'outlet'

export type Facets = Partial<Record<FacetName, Facet[]>>

export interface Told {
  happening_id: string
  factuality: Factuality
  actors: string[]
  cite: Cite
}

/** What orders an item: `total` is the product of the others. */
export interface BriefWeight {
  total: number
  type: number
  quad: number
  factuality: number
  origins: number
  confidence: number
  parties: number
}

export interface BriefItem {
  part: string
  happening_id: string | null
  event_type: string | null
  act: string | null
  mode: string | null
  status: Status | null
  factuality: Factuality | null
  actors: string[]
  recipients: string[]
  when_from: string | null
  when_to: string | null
  when_basis: string | null
  places: string[]
  first_reported: string
  origins: number
  stories: number
  reports: number
  outlets: string[]
  confidence: number | null
  weight: BriefWeight
  cite: Cite
  denies: Told | null
  before: Told | null
}

export interface NumberTold {
  value: number
  low: number | null
  high: number | null
  modifier: string
  text: string
  cite: Cite
}

export interface ChangedNumber {
  of: string
  party: string | null
  event_type: string
  status: Status
  same_happening: boolean
  before: NumberTold
  now: NumberTold
}

export interface BriefPart {
  part: string
  count: number
  happenings: number
  statements: number
  items: BriefItem[]
}

export interface Brief {
  since: string
  until: string | null
  reports: { reports: number; stories: number; copies: number; undated: number }
  happenings: number
  statements: number
  numbers_count: number
  numbers: ChangedNumber[]
  parts: BriefPart[]
}

export type Counts = Record<Factuality, number>

export interface TypeCounts {
  event_type: string
  quad: number
  counts: Counts
  score: number
}

export interface SeriesPoint {
  start: string
  end: string
  counts: Counts
  score: number
  quads: [number, number, number, number]
  types: TypeCounts[]
}

export interface SeriesChange {
  at: string
  before: number
  after: number
  gain: number
  types: string[]
  event_ids: string[]
  events: number
  likeliest: Cite[]
}

export interface Series {
  what: 'happenings' | 'events'
  step: 'day' | 'week' | 'month'
  clock: 'event' | 'report'
  start: string | null
  end: string | null
  points: SeriesPoint[]
  changes: SeriesChange[]
  unknown: Counts
  wider: Counts
  outside: Counts
}

export interface ReportHead {
  doc_id: string
  source_id: string
  title: string | null
  outlet: string | null
  date: string | null
  date_basis: string
  url: string | null
  language: string | null
}

export interface Copy {
  doc_id: string
  source_id: string
  outlet: string | null
  date: string | null
  title: string | null
  url: string | null
  relation: string
  similarity: number
}

export interface NamedNumber {
  event_id: string
  of: string
  value: number
  low: number | null
  high: number | null
  modifier: string
}

/** One thing that reports tell of, counted once. */
export interface Happening {
  happening_id: string
  event_type: string
  status: Status
  mode: string | null
  actors: string[]
  recipients: string[]
  when_from: string | null
  when_to: string | null
  when_basis: string | null
  places: string[]
  numbers: NamedNumber[]
  events: number
  stories: number
  origins: number
  outlets: string[]
  first_reported: string | null
  last_reported: string | null
  happened: number
  planned: number
  hypothetical: number
  negated: number
  denied: number
}

/** An event with all that it rests on. */
export interface EventView {
  event: ListedEvent
  report: ReportHead
  sentence: Passage
  marks: CellMark[]
  before: string
  after: string
  copies: Copy[]
  happening: Happening | null
  others: Cite[]
}

/** Where a copy's words depart; null where nothing stands. */
export interface Departure {
  original: Passage | null
  copy: Passage | null
  changes: string[]
}

export interface Altered {
  copy: Passage
  original: Passage[]
  drift: Departure[]
}

export interface StoryReport extends Copy {
  of: string | null
  departures: number
  altered: Altered[]
}

export interface StoryView {
  story: { story_id: string; original: string; reports: number }
  reports: StoryReport[]
}

/** One report of a list; `beginning` are its first words. */
export interface ReportRow extends ReportHead {
  body_start: number
  beginning: string
  story_id: string | null
  relation: string | null
  of: string | null
  events: number
  statements: number
}

export interface StatementLine {
  record: 'statement'
  statement_id: string
  doc_id: string
  source_id: string
  speaker: Party & { anonymous: boolean }
  cue: Passage
  act: string
  form: string
  content: Passage[]
  addressee: Party | null
  venue: Passage | null
  when: When | null
  events: string[]
  sentence: Passage
  rule: string
}

/** The words of one event in the text of its report. */
export interface EventMarks {
  event_id: string
  sentence: Passage
  cells: CellMark[]
}

export interface ReportView {
  report: ReportHead & { body_start: number }
  /** Null in a site without texts; `passages` are then what it has of it. */
  text: string | null
  passages?: Passage[]
  events: EventLine[]
  statements: StatementLine[]
  marks: EventMarks[]
  story: { story_id: string; relation: string; of: string | null; similarity: number } | null
}
