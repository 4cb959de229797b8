/** Where the parties stand: the same answer always gives the same places. */

import Graph from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'
import type { Label } from '../map/labels'
import { notHappened, quadsOfLink, type NetworkAnswer } from './shapes'

/** What is drawn of a party. */
export interface NodeLook {
  x: number
  y: number
  size: number
  label: string
  events: number
  opacity: number
  labelVisibility: 'visible' | 'hidden'
  labelPosition: Label['side']
}

/** Cooperation or conflict that happened, or events that did not, or not yet. */
export type EdgeKind = 'cooperation' | 'conflict' | 'open'

/** What is drawn of the events of one kind of one party toward another. */
export interface EdgeLook {
  kind: EdgeKind
  /** Most of it in deeds, not words. */
  deeds: boolean
  events: number
  size: number
  weight: number
  dash: number
  gap: number
  opacity: number
}

export type Network = Graph<NodeLook, EdgeLook>

const LONGEST_LABEL = 26
const ROUNDS = 500
/** In pixels; without a gap a line is solid. */
const DASHES: Record<EdgeKind, { dash: number; gap: number }> = {
  cooperation: { dash: 7, gap: 0 },
  conflict: { dash: 8, gap: 4 },
  open: { dash: 2, gap: 4 },
}
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))

/** `scale` shrinks what is drawn where there is little room. */
export function makeGraph(answer: NetworkAnswer, scale = 1): Network {
  const graph: Network = new Graph({ type: 'directed', multi: true })
  const most = Math.max(1, ...answer.nodes.map((node) => node.count))
  const ordered = [...answer.nodes].sort(
    (a, b) => b.count - a.count || (a.id < b.id ? -1 : 1),
  )
  for (const [at, node] of ordered.entries()) {
    graph.addNode(node.id, {
      // A spiral from the middle, those with the most events first.
      x: Math.sqrt(at) * Math.cos(at * GOLDEN_ANGLE),
      y: Math.sqrt(at) * Math.sin(at * GOLDEN_ANGLE),
      size: scale * (4 + 14 * Math.sqrt(node.count / most)),
      label: shortened(node.name),
      events: node.count,
      opacity: 1,
      labelVisibility: 'visible',
      labelPosition: 'right',
    })
  }
  for (const link of answer.links) {
    if (!graph.hasNode(link.source) || !graph.hasNode(link.target)) continue
    const [words, deeds, against, attacks] = quadsOfLink(link)
    addEdge(graph, link, 'cooperation', words + deeds, deeds > words)
    addEdge(graph, link, 'conflict', against + attacks, attacks > against)
    addEdge(graph, link, 'open', notHappened(link), false)
  }
  return graph
}

/** Move the parties until those with events between them stand near each other. */
export function layOut(graph: Network): void {
  if (graph.order < 2) return
  forceAtlas2.assign(graph, {
    iterations: ROUNDS,
    getEdgeWeight: 'weight',
    settings: {
      gravity: 0.6,
      strongGravityMode: true,
      scalingRatio: 14,
      slowDown: 4,
      edgeWeightInfluence: 1,
      barnesHutOptimize: false,
    },
  })
}

export function edgeKey(source: string, target: string, kind: EdgeKind): string {
  return `${source} ${target} ${kind}`
}

function addEdge(
  graph: Network,
  link: { source: string; target: string },
  kind: EdgeKind,
  events: number,
  deeds: boolean,
): void {
  if (events <= 0) return
  graph.addDirectedEdgeWithKey(
    edgeKey(link.source, link.target, kind),
    link.source,
    link.target,
    {
      kind,
      deeds,
      events,
      size: Math.min(9, 0.7 + 1.2 * Math.sqrt(events)),
      weight: Math.log2(1 + events),
      ...DASHES[kind],
      opacity: 1,
    },
  )
}

function shortened(name: string): string {
  const letters = [...name]
  if (letters.length <= LONGEST_LABEL) return name
  return `${letters.slice(0, LONGEST_LABEL - 1).join('').trimEnd()}…`
}
