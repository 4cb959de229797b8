/** What the filters and their values are called. */

import type { FilterName } from '../lib/location'
import type { Factuality } from '../lib/types'
import { FACTUALITY_WORDS } from '../lib/words'

export const FILTER_WORDS: Record<FilterName, string> = {
  actor: 'who',
  recipient: 'to whom',
  country: 'country',
  type: 'type',
  mode: 'mode',
  context: 'context',
  factuality: 'happened?',
  by: 'on whose word',
  place: 'where',
  story: 'story',
  since: 'from',
  until: 'to',
  min_confidence: 'surer than',
}

export function valueWord(name: FilterName, value: string): string {
  if (name === 'type') return value.toLowerCase()
  if (name === 'context') return value.replaceAll('_', ' ')
  if (name === 'factuality') return FACTUALITY_WORDS[value as Factuality] ?? value
  if (name === 'story') return value.slice(0, 12)
  return value
}
