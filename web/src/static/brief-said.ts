/** Demands, warnings and denials that no event stands for: `brief_said.sql`. */

import type { Asked } from './brief'
import { type Weight, product } from './brief-weight'
import type { Event, Statement } from './core'
import { NONE, STATEMENT_FILTERS, fitsEvent, fitsStatement, isNone, only } from './filters'
import { byKeys, byNumber, byText, down, grouped, on } from './order'

const PART_OF: Record<string, string> = { demand: 'demands', warn: 'threats', deny: 'denials' }

export interface Said {
  statement: Statement
  part: string
  date: string
  weight: Weight
}

/** Return the statements of the window by part, those of most weight first. */
export function saidOf(asked: Asked): Map<string, Said[]> {
  const { site, since, until } = asked
  const fits = fitting(asked)
  const standsFor = beside(asked)
  const rules = site.core.rules.brief
  const found = site.core.statements.flatMap((statement): Said[] => {
    const part = PART_OF[statement.act]
    const date = site.core.report.get(statement.doc)?.date ?? null
    if (part === undefined || date === null || date < since || date > until) return []
    if (!fits(statement)) return []
    const here = standsFor.get(placeOf(statement)) ?? []
    if (here.some((event) => stands(event, statement.act))) return []
    const at = rules.acts.indexOf(statement.act)
    const sides = Number(!statement.anonymous) + Number(statement.addressee !== null)
    const weight = product({
      type: rules.act_type_weights[at] ?? 0,
      quad: rules.act_quad_weights[at] ?? 0,
      factuality: 1,
      origins: 1,
      confidence: rules.confidence_least + (1 - rules.confidence_least) * rules.confidence_statement,
      parties: rules.party_weights[sides] ?? 0,
    })
    return [{ statement, part, date, weight }]
  })
  found.sort(
    byKeys<Said>(
      on((one) => one.weight.total, down(byNumber)),
      on((one) => one.date, down(byText)),
      on((one) => one.statement.id, byText),
    ),
  )
  return grouped(found, (one) => one.part)
}

/** What a statement has no column for must fit an event that it holds. */
function fitting({ site, filters }: Asked): (statement: Statement) => boolean {
  const fits = fitsStatement(only(filters, STATEMENT_FILTERS))
  const { many, confidence } = filters
  const held = {
    ...NONE,
    many: Object.fromEntries(
      Object.entries(many).filter(([name]) => !(STATEMENT_FILTERS as string[]).includes(name)),
    ),
    confidence,
  }
  if (isNone(held)) return fits
  const ids = new Set(site.core.events.filter(fitsEvent(held)).map((event) => event.id))
  return (statement) => fits(statement) && statement.events.some((id) => ids.has(id))
}

/** The events of each sentence. */
function beside({ site }: Asked): Map<string, Event[]> {
  return grouped(site.core.events, placeOf)
}

function placeOf({ doc, sentence }: { doc: string; sentence: number }): string {
  return `${doc} ${sentence}`
}

function stands(event: Event, act: string): boolean {
  if (act === 'deny') return event.factuality === 'denied' || event.factuality === 'negated'
  const type = act === 'demand' ? 'REQUEST' : 'THREATEN'
  return event.type === type && event.factuality === 'happened'
}
