/** What `/api/numbers` answers: the structs of `show/views/numbers_shape.py`. */

import type { Cite, Factuality, Status } from '../../lib/types'

/** One value, as one voice gives it. */
export interface NumberPoint {
  value: number
  low: number | null
  high: number | null
  modifier: string | null
  of: string | null
  factuality: Factuality | null
  toward: string[]
  places: string[]
  since: string | null
  until: string | null
  reports: number
  cite: Cite
}

/** What the voices say last, from the least to the greatest value. */
export interface NumberRange {
  low: number
  high: number
  open_low: boolean
  open_high: boolean
  voices: number
  since: string | null
  until: string | null
}

export interface NumberLine {
  of: string | null
  about: string | null
  slot: string | null
  status: Status | null
  points: NumberPoint[]
  differing: boolean
  current: NumberRange | null
}

export interface NumbersAnswer {
  lines: NumberLine[]
  more: number
  unnamed?: number
}
