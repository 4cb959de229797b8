/** A sentence cut where its marked words begin and end. */

import { codePoints, utf16Places } from './offsets'
import type { CellMark, EventLine, Passage, StatementLine } from './types'

/** Words of a sentence under one range, and the cells that rest on them. */
export interface Mark {
  start: number
  end: number
  cells: string[]
  /** Which line under the text is its own, 0 nearest to the words. */
  lane: number
  key: string
}

/** Words under the same marks, the outermost first. */
export interface Segment {
  text: string
  marks: Mark[]
}

export const LANES = 3

/** Merge cells of one range, order them outermost first, and give each a lane. */
export function layMarks(cells: readonly CellMark[], within: Passage): Mark[] {
  const end = within.start + codePoints(within.text)
  const merged = new Map<string, Mark>()
  for (const { cell, start, end: last } of cells) {
    if (start < within.start || last > end || start >= last) continue
    const key = `${start}-${last}`
    const mark = merged.get(key)
    if (mark === undefined) {
      merged.set(key, { start, end: last, cells: [cell], lane: 0, key })
    } else if (!mark.cells.includes(cell)) {
      mark.cells.push(cell)
    }
  }
  const marks = [...merged.values()]
  giveLanes(marks)
  return marks.sort((a, b) => a.start - b.start || b.end - a.end)
}

/** The shorter a mark, the nearer its line is to the words. */
function giveLanes(marks: Mark[]): void {
  const laid: Mark[] = []
  for (const mark of [...marks].sort(byLength)) {
    const taken = laid.filter((other) => overlap(other, mark)).map((other) => other.lane)
    mark.lane = Math.min(firstFree(taken), LANES - 1)
    laid.push(mark)
  }
}

function byLength(a: Mark, b: Mark): number {
  return a.end - a.start - (b.end - b.start) || a.start - b.start
}

function overlap(a: Mark, b: Mark): boolean {
  return a.start < b.end && b.start < a.end
}

/** Lines of longer marks lie under those of the marks that they hold. */
function firstFree(taken: readonly number[]): number {
  return taken.length ? Math.max(...taken) + 1 : 0
}

/** Return the sentence in pieces, each with the marks over it. */
export function cutSegments(sentence: Passage, marks: readonly Mark[]): Segment[] {
  const length = codePoints(sentence.text)
  const place = utf16Places(sentence.text)
  const cuts = new Set([0, length])
  for (const mark of marks) {
    cuts.add(mark.start - sentence.start)
    cuts.add(mark.end - sentence.start)
  }
  const ordered = [...cuts].sort((a, b) => a - b)
  const segments: Segment[] = []
  for (let at = 0; at + 1 < ordered.length; at += 1) {
    const left = ordered[at] ?? 0
    const right = ordered[at + 1] ?? length
    segments.push({
      text: sentence.text.slice(place(left), place(right)),
      marks: marks.filter(
        (m) => m.start - sentence.start <= left && right <= m.end - sentence.start,
      ),
    })
  }
  return segments
}

/** The marks of an event line that lie in its sentence, as the service makes them. */
export function eventMarks(event: EventLine): CellMark[] {
  const marks: CellMark[] = []
  const add = (cell: string, span: Passage | null) => {
    if (span !== null) marks.push({ cell, start: span.start, end: span.end })
  }
  const coded: Record<string, string> = {
    event_type: 'type',
    mode: 'mode',
    factuality: 'factuality',
  }
  for (const cell of event.cells) {
    const name = coded[cell.cell]
    if (name !== undefined) cell.spans.forEach((span) => add(name, span))
  }
  event.actors.forEach((party) => add('actor', party))
  event.recipients.forEach((party) => add('recipient', party))
  add('condition', event.condition)
  for (const source of event.attribution) {
    add('by', source)
    add('cue', source.cue)
  }
  event.when?.spans.forEach((span) => add('when', span))
  event.where.forEach((place) => add('where', place))
  event.quantities.forEach((quantity) => add('quantity', quantity))
  return marks
}

/** The marks of a statement, as the service makes them. */
export function statementMarks(statement: StatementLine): CellMark[] {
  const mark = (cell: string, { start, end }: Passage): CellMark => ({ cell, start, end })
  const { speaker, cue, addressee, content } = statement
  return [
    mark('by', speaker),
    mark('cue', cue),
    ...(addressee ? [mark('recipient', addressee)] : []),
    ...content.map((span) => mark('content', span)),
  ]
}
