/** Values of cells in words, and words of a sentence by their place. */

import { codePoints, slicePoints, utf16Places } from '../lib/offsets'
import type { Passage } from '../lib/types'
import { FACTUALITY_WORDS, cellWord, days, joined, number } from '../lib/words'
import type {
  CellName,
  CellValues,
  MarkedWords,
  PartyValue,
  PlaceValue,
  QuantityValue,
  SourceValue,
  WhenValue,
  Words,
} from './shapes'

export const CELLS: readonly CellName[] = [
  'type',
  'mode',
  'factuality',
  'actors',
  'recipients',
  'by',
  'when',
  'where',
  'quantities',
  'contexts',
  'condition',
]

const SINGULAR: Partial<Record<CellName, string>> = {
  actors: 'actor',
  recipients: 'recipient',
  quantities: 'quantity',
  contexts: 'context',
}

export function cellLabel(cell: CellName): string {
  return cellWord(SINGULAR[cell] ?? cell)
}

export function wordsOf(words: MarkedWords): string {
  return typeof words === 'string' ? words : words.text
}

function partyWords(party: PartyValue | SourceValue): string {
  const codes = [party.country, party.sectors?.join('|')].filter(Boolean).join(', ')
  const name = party.name ?? wordsOf(party.words)
  return codes ? `${name} (${codes})` : name
}

function whenWords(when: WhenValue): string {
  return days(when.from, when.to)
}

function placeWords(place: PlaceValue): string {
  return [place.name ?? wordsOf(place.words), place.country].filter(Boolean).join(', ')
}

function quantityWords(quantity: QuantityValue): string {
  return [number(quantity.value), quantity.of].filter(Boolean).join(' ')
}

/** Return what stands in a cell, as a reader says it. */
export function valueWords(cell: CellName, value: unknown): string {
  const plain = unmarked(value)
  if (plain === null || plain === undefined) return 'nothing'
  if (Array.isArray(plain) && plain.length === 0) {
    return cell === 'by' ? 'the report itself' : 'nothing'
  }
  switch (cell) {
    case 'type':
      return String(plain).toLowerCase()
    case 'factuality':
      return FACTUALITY_WORDS[plain as CellValues['factuality']] ?? String(plain)
    case 'actors':
    case 'recipients':
    case 'by':
      return joined((plain as PartyValue[]).map(partyWords))
    case 'when':
      return whenWords(plain as WhenValue)
    case 'where':
      return joined((plain as PlaceValue[]).map(placeWords))
    case 'quantities':
      return joined((plain as QuantityValue[]).map(quantityWords))
    case 'condition':
      return `“${wordsOf((plain as { words: MarkedWords }).words)}”`
    case 'contexts':
      return joined((plain as string[]).map((one) => one.replaceAll('_', ' ')))
    default:
      return String(plain)
  }
}

/** Return a code without the words that were marked for it. */
function unmarked(value: unknown): unknown {
  const isMarked =
    typeof value === 'object' && value !== null && 'value' in value && !('modifier' in value)
  return isMarked ? value.value : value
}

/** Return the words of a sentence from code point to code point, counted in it. */
export function wordsAt(sentence: string, start: number, end: number): Words | null {
  const whole = slicePoints(sentence, start, end)
  const text = whole.trim()
  if (!text) return null
  const begin = start + codePoints(whole.slice(0, whole.indexOf(text)))
  const unit = utf16Places(sentence)(begin)
  let occurrence = 0
  for (let at = sentence.indexOf(text); at >= 0 && at < unit; at = sentence.indexOf(text, at + 1)) {
    occurrence += 1
  }
  return { text, occurrence, within: 'sentence' }
}

export function isIn(sentence: Passage, text: string): boolean {
  return text !== '' && sentence.text.includes(text)
}

/** Return the words that are selected in an element that shows a sentence. */
export function selectedWords(root: HTMLElement, sentence: Passage): Words | null {
  const selection = window.getSelection()
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null
  const range = selection.getRangeAt(0)
  if (!root.contains(range.commonAncestorContainer)) return null
  const before = document.createRange()
  before.selectNodeContents(root)
  before.setEnd(range.startContainer, range.startOffset)
  // What stands around the sentence in its element is white space of the markup.
  const lead = before.toString()
  const shown = root.textContent ?? ''
  const skipped = Math.max(shown.indexOf(sentence.text), 0)
  const start = Math.max(lead.length - skipped, 0)
  const end = Math.min(start + range.toString().length, sentence.text.length)
  const points = (unit: number) => codePoints(sentence.text.slice(0, unit))
  return wordsAt(sentence.text, points(start), points(end))
}
