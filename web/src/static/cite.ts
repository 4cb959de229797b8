/** Cites as `onrecord.show.views.cite` makes them, with places in UTF-16 beside. */

import { eventMarks, statementMarks } from '../lib/marks'
import { utf16Places } from '../lib/offsets'
import type {
  CellMark,
  Cite,
  EventLine,
  Passage,
  ReportHead,
  StatementLine,
} from '../lib/types'

/** A mark as the service has it: in code points, and in UTF-16 from its sentence's start. */
export interface Placed extends CellMark {
  start16: number
  end16: number
}

type Head = Pick<ReportHead, 'outlet' | 'date' | 'title' | 'url'>

export function eventCite(event: EventLine, report: Head): Cite {
  return {
    event_id: event.event_id,
    statement_id: null,
    doc_id: event.doc_id,
    source_id: event.source_id,
    ...headOf(report),
    sentence: event.sentence,
    by: event.attribution.map((source) => source.name),
    cells: within(eventMarks(event), event.sentence),
  }
}

export function statementCite(line: StatementLine, report: Head): Cite {
  return {
    event_id: null,
    statement_id: line.statement_id,
    doc_id: line.doc_id,
    source_id: line.source_id,
    ...headOf(report),
    sentence: line.sentence,
    by: [line.speaker.name],
    cells: within(statementMarks(line), line.sentence),
  }
}

/** Return the marks that lie in a sentence, each once. */
export function within(marks: readonly CellMark[], sentence: Passage): Placed[] {
  const place = utf16Places(sentence.text)
  const found = new Map<string, Placed>()
  for (const { cell, start, end } of marks) {
    if (start < sentence.start || end > sentence.end) continue
    found.set(`${cell} ${start} ${end}`, {
      cell,
      start,
      end,
      start16: place(start - sentence.start),
      end16: place(end - sentence.start),
    })
  }
  return [...found.values()]
}

function headOf({ outlet, date, title, url }: Head): Head {
  return { outlet, date, title, url }
}
