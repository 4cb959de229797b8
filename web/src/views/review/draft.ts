/** What a draft of the cells changes. */

import type { CellName, CellValues, Fix, Words } from '../../review/shapes'
import { CELLS, isIn } from '../../review/words'
import type { Passage } from '../../lib/types'

const CODED: readonly CellName[] = ['type', 'mode', 'contexts', 'factuality']

export function changedCells(values: CellValues, draft: CellValues): CellName[] {
  return CELLS.filter((cell) => JSON.stringify(values[cell]) !== JSON.stringify(draft[cell]))
}

/** Return the cells that differ; a code brings the words that were marked for it. */
export function markCode(
  values: CellValues,
  draft: CellValues,
  marked: Partial<Record<CellName, Words[]>>,
): Fix {
  const entries = changedCells(values, draft).map((cell) => {
    const words = marked[cell] ?? []
    const isMarked = CODED.includes(cell) && words.length > 0
    return [cell, isMarked ? { value: draft[cell], words } : draft[cell]]
  })
  return Object.fromEntries(entries) as Fix
}

/** Return what is wrong with words that were typed; null where they are in the sentence. */
export function wordsProblem(sentence: Passage, text: string): string | null {
  if (text === '') return 'select or type words of the sentence'
  return isIn(sentence, text) ? null : 'not in the sentence as it is written'
}
