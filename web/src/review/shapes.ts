/** What `/api/review` answers and takes: the structs of `onrecord.model.judgement`. */

import type { CellMark, Factuality, ListedEvent, Passage } from '../lib/types'

/** Words of a sentence or of the report; `occurrence` counts from 0. */
export interface Words {
  text: string
  occurrence: number
  within: 'sentence' | 'report'
}

/** Words may be written short: their first occurrence in the sentence. */
export type MarkedWords = Words | string

export interface PartyValue {
  words: MarkedWords
  name?: string | null
  country?: string | null
  sectors?: string[]
  role?: string | null
  entity_id?: string | null
}

export interface SourceValue extends PartyValue {
  anonymous?: boolean
  cue?: MarkedWords | null
}

export interface WhenValue {
  from: string
  to: string
  granularity: string
  words: MarkedWords[]
}

export interface PlaceValue {
  words: MarkedWords
  name?: string | null
  country?: string | null
  admin1?: string | null
  lat?: number | null
  lon?: number | null
  geonameid?: number | null
  precision?: string | null
}

export interface QuantityValue {
  words: MarkedWords
  value: number
  low?: number | null
  high?: number | null
  of?: string | null
  modifier?: string
}

export interface CellValues {
  type: string
  mode: string | null
  contexts: string[]
  factuality: Factuality
  actors: PartyValue[]
  recipients: PartyValue[]
  by: SourceValue[]
  when: WhenValue | null
  where: PlaceValue[]
  quantities: QuantityValue[]
  condition: { words: MarkedWords } | null
}

export type CellName = keyof CellValues
export type Verdict = 'accept' | 'reject' | 'fix'
/** A code may bring the words that were marked for it. */
export type Fix = { [cell in CellName]?: CellValues[cell] | { value: unknown; words: Words[] } }

export interface Correction {
  correction_id: string
  verdict: Verdict
  cell: CellName | null
  was: unknown
  value: unknown
  author: string
  made: string
  note: string | null
  state: 'in_force' | 'agreed' | 'unmatched' | 'overruled'
  why: string | null
}

export interface ReviewState {
  event_id: string
  rejected: boolean
  values: CellValues
  coded: CellValues
  corrections: Correction[]
}

export interface QueueItem {
  event: ListedEvent
  sentence: Passage
  before: string
  after: string
  marks: CellMark[]
  values: CellValues
  corrections: Correction[]
}

export interface Choices {
  type: string[]
  factuality: Factuality[]
  mode: Record<string, string[]>
  contexts: string[]
  sectors: string[]
  countries: string[]
  precision: string[]
  modifier: string[]
  granularity: string[]
}

export interface Queue {
  items: QueueItem[]
  total: number
  left: number
  choices: Choices
}

/** What is sent: one judgement of one event. */
export interface Judgement {
  event_id: string
  verdict: Verdict
  fix: Fix
  note: string | null
}
