/** What `/api/positions` answers: the structs of `show/views/positions_shape.py`. */

import type { Cite, Factuality } from '../../lib/types'

export type MoveKind = 'demand' | 'offer' | 'reject' | 'accept' | 'concede' | 'threaten'

export interface Move {
  move_id: string
  kind: MoveKind
  /** The word of the report that makes it one. */
  word: string
  actors: string[]
  actor_countries?: (string | null)[]
  toward: string[]
  toward_countries?: (string | null)[]
  event_type: string | null
  act: string | null
  factuality: Factuality
  day: string | null
  day_basis: 'text' | 'publication' | null
  /** The move that this one answers. */
  answers: string | null
  /** Reports that tell of it and are no copies. */
  reports: number
  event_ids: string[]
  statement_id: string | null
  cite: Cite
}

export interface Issue {
  issue_id: string
  name: string
  words: string[]
  parties: string[]
  moves: Move[]
  first: string | null
  last: string | null
}

export interface PositionsAnswer {
  issues: Issue[]
  /** Moves that share an issue with no other, at most some of `single`. */
  others: Move[]
  single: number
  more: number
}

export const KINDS: readonly MoveKind[] = [
  'demand',
  'offer',
  'reject',
  'accept',
  'concede',
  'threaten',
]

export const KIND_WORDS: Record<MoveKind, string> = {
  demand: 'demands',
  offer: 'offers',
  reject: 'rejects',
  accept: 'accepts',
  concede: 'concedes',
  threaten: 'threatens',
}
