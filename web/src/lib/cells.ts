/** The cells of an event, each with its value, its words and the rule that read them. */

import type { EventLine, Party, Passage, Source } from './types'
import { FACTUALITY_WORDS, quantityWords, whenWords } from './words'

export interface Cell {
  cell: string
  value: string
  words: readonly Passage[]
  /** Words that tell what a pronoun or a description stands for. */
  through: Passage | null
  rule: string | null
}

const CODED: Record<string, string> = {
  event_type: 'type',
  mode: 'mode',
  contexts: 'context',
}

/** Return the cells in the order in which they are read. */
export function cellsOf(event: EventLine): Cell[] {
  const coded = event.cells.flatMap((cell) => {
    const name = CODED[cell.cell]
    if (name === undefined) return []
    const value = name === 'context' ? cell.value.replaceAll('_', ' ') : cell.value
    return [{ cell: name, value, words: cell.spans, through: null, rule: cell.rule }]
  })
  const factuality = event.cells.find((cell) => cell.cell === 'factuality')
  const out: Cell[] = [
    ...coded,
    ...event.actors.map((party) => partyCell('actor', party)),
    ...event.recipients.map((party) => partyCell('recipient', party)),
    {
      cell: 'factuality',
      value: FACTUALITY_WORDS[event.factuality] + (event.historical ? ', of earlier times' : ''),
      words: factuality?.spans ?? [],
      through: null,
      rule: factuality?.rule ?? null,
    },
  ]
  if (event.condition) {
    out.push(plain('condition', event.condition.text, [event.condition]))
  }
  if (event.attribution.length === 0) out.push(plain('by', 'the report itself', []))
  for (const source of event.attribution) {
    out.push(partyCell('by', source))
    out.push(plain('cue', source.cue.text, [source.cue]))
  }
  if (event.when) {
    const rule = event.when.basis === 'text' ? `said in the text, to the ${event.when.granularity}` : null
    out.push({ ...plain('when', whenWords(event.when), event.when.spans), rule })
  }
  for (const place of event.where) {
    const value = [place.name, place.admin1, place.country].filter(Boolean).join(', ')
    out.push({ ...plain('where', value, [place]), rule: `to the ${place.precision}` })
  }
  for (const quantity of event.quantities) {
    out.push(plain('quantity', quantityWords(quantity), [quantity]))
  }
  return out
}

/** Return what each cell's words stand for, by `cell:start-end`. */
export function valuesByMark(cells: readonly Cell[]): Map<string, string> {
  const values = new Map<string, string>()
  for (const { cell, value, words } of cells) {
    for (const span of words) {
      const key = `${cell}:${markKey(span)}`
      const known = values.get(key)
      values.set(key, known ? `${known}, ${value}` : value)
    }
  }
  return values
}

export function markKey(span: { start: number; end: number }): string {
  return `${span.start}-${span.end}`
}

function plain(cell: string, value: string, words: readonly Passage[]): Cell {
  return { cell, value, words, through: null, rule: null }
}

function partyCell(cell: string, party: Party | Source): Cell {
  const codes = [party.country, party.sectors.join('|') || null, party.role]
  const coded = codes.filter(Boolean).join(', ')
  const unnamed = 'anonymous' in party && party.anonymous ? ', not named' : ''
  return {
    cell,
    value: `${party.name}${coded ? ` (${coded})` : ''}${unnamed}`,
    words: [party],
    through: party.antecedent,
    rule: party.basis,
  }
}
