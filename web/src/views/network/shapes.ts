/** What `/api/network` answers. */

import type { Factuality } from '../../lib/types'
import type { Quad } from '../../lib/words'
import type { QuadCounts } from '../map/shares'

export interface NetworkNode {
  id: string
  name: string
  country: string | null
  sectors: string[]
  /** Events that it is a party to. */
  count: number
}

/** The events of one party toward another. */
export interface NetworkLink {
  source: string
  target: string
  count: number
  by_quad: Partial<Record<`${Quad}`, number>>
  by_factuality: Partial<Record<Factuality, number>>
  /** Sum of PLOVER's scores of what happened. */
  score_sum: number
}

export interface NetworkAnswer {
  nodes: NetworkNode[]
  links: NetworkLink[]
  /** Parties that the limit left out. */
  left: number
}

/** Return the answer without the parties that have no link to another one in it. */
export function linkedOnly(answer: NetworkAnswer): NetworkAnswer {
  const linked = new Set(answer.links.flatMap(({ source, target }) => [source, target]))
  return { ...answer, nodes: answer.nodes.filter(({ id }) => linked.has(id)) }
}

export function quadsOfLink(link: NetworkLink): QuadCounts {
  const { by_quad: by } = link
  return [by['1'] ?? 0, by['2'] ?? 0, by['3'] ?? 0, by['4'] ?? 0]
}
