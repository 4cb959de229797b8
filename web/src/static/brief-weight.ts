/** How far up an item of a brief stands: `brief_fresh.sql`. */

import type { BriefWeights, HappeningRow } from './core'
import type { Factuality } from '../lib/types'

export interface Weight {
  total: number
  type: number
  quad: number
  factuality: number
  origins: number
  confidence: number
  parties: number
}

export interface Fresh {
  row: HappeningRow
  part: string
  factuality: Factuality
  confidence: number
  weight: Weight
}

export function weigh(
  row: HappeningRow,
  factuality: Factuality,
  confidence: number,
  past: boolean,
  rules: BriefWeights,
): Fresh {
  const at = rules.types.indexOf(row.event_type)
  const doubled = Math.log2(Math.max(row.origins, 1))
  const sides = Number(row.actors.length > 0) + Number(row.recipients.length > 0)
  return {
    row,
    part: partOf(row, past),
    factuality,
    confidence,
    weight: product({
      type: rules.type_weights[at] ?? 0,
      quad: rules.quad_weights[at] ?? 0,
      factuality: rules.factuality_weights[rules.factualities.indexOf(factuality)] ?? 0,
      origins: Math.min(rules.origins_most, 1 + rules.origins_step * doubled),
      confidence: rules.confidence_least + (1 - rules.confidence_least) * confidence,
      parties: rules.party_weights[sides] ?? 0,
    }),
  }
}

function partOf(row: HappeningRow, past: boolean): string {
  if (row.status === 'not_so') return row.denied > 0 ? 'denials' : 'not_so'
  if (row.status === 'ahead') return 'ahead'
  if (past) return 'past'
  if (row.event_type === 'REQUEST') return 'demands'
  return row.event_type === 'THREATEN' ? 'threats' : 'happened'
}

export function product(parts: Omit<Weight, 'total'>): Weight {
  const { type, quad, factuality, origins, confidence, parties } = parts
  return { ...parts, total: type * quad * factuality * origins * confidence * parties }
}
