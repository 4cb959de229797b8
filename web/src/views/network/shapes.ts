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
  /** Of what happened only, as `score_sum` is; `by_factuality` is of all. */
  by_quad: Partial<Record<`${Quad}`, number>>
  by_factuality: Partial<Record<Factuality, number>>
  score_sum: number
}

export interface NetworkAnswer {
  nodes: NetworkNode[]
  links: NetworkLink[]
  /** Parties that the limit left out. */
  left: number
  /** Links among the parties that the limit left out. */
  left_links?: number
}

/** Return the answer without the parties that have no link to another one in it. */
export function linkedOnly(answer: NetworkAnswer): NetworkAnswer {
  const linked = new Set(answer.links.flatMap(({ source, target }) => [source, target]))
  return { ...answer, nodes: answer.nodes.filter(({ id }) => linked.has(id)) }
}

export function quadsOfLink({ by_quad: by }: NetworkLink): QuadCounts {
  return [by['1'] ?? 0, by['2'] ?? 0, by['3'] ?? 0, by['4'] ?? 0]
}

/** Return how many events of a link are planned, possible, denied or not so. */
export function notHappened(link: NetworkLink): number {
  return link.count - quadsOfLink(link).reduce((sum, count) => sum + count, 0)
}
