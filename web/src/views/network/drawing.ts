/** The network by WebGL. Loaded only when a network is shown. */

import type { Attributes } from 'graphology-types'
import Sigma from 'sigma'
import { extremityArrow, layerDashed, layerPlain, pathCurved } from 'sigma/rendering'
import { placeLabels } from '../map/labels'
import { layOut, makeGraph, type EdgeKind, type EdgeLook, type NodeLook } from './layout'
import type { NetworkAnswer } from './shapes'

export interface Colours {
  paper: string
  ink: string
  soft: string
  cooperationWords: string
  cooperationDeeds: string
  conflictWords: string
  conflictDeeds: string
}

export interface Handlers {
  onnode: (id: string | null) => void
  onlink: (source: string, target: string) => void
  onpoint: (what: Pointed | null) => void
}

/** What the pointer is on, and where in the window. */
export interface Pointed {
  node?: string
  edge?: { source: string; target: string; kind: EdgeKind; deeds: boolean; events: number }
  x: number
  y: number
}

export interface Drawing {
  /** Show one party and those it has events with, others faint; null shows all. */
  highlight: (id: string | null) => void
  recolour: (colours: Colours) => void
  enlarge: () => void
  shrink: () => void
  fit: () => void
  stop: () => void
}

const NARROW = 520 // pixels
const FIRST_NAMES = 6 // that may cover discs without one
const FAINT = 0.12
const NONE = 'rgba(0, 0, 0, 0)'

const PRIMITIVES = {
  nodes: {},
  edges: {
    paths: [pathCurved({ curvature: 0.16 })],
    extremities: [extremityArrow({ lengthRatio: 4, widthRatio: 3.4 })],
    variables: {
      dash: { type: 'number', default: 7 },
      gap: { type: 'number', default: 0 },
      body: { type: 'color', default: '#0000' },
    },
    // A line without gaps is left to the plain layer, which dashes do without.
    layers: [
      layerPlain({ color: { attribute: 'body' } }),
      layerDashed({
        dashSize: { attribute: 'dash', mode: 'pixels' },
        gapSize: { attribute: 'gap', mode: 'pixels' },
        solidExtremities: 'head',
      }),
    ],
    defaultHead: 'arrow',
  },
} as const

export function canDraw(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null
}

export function draw(
  container: HTMLElement,
  answer: NetworkAnswer,
  first: Colours,
  calm: boolean,
  handlers: Handlers,
): Drawing {
  const narrow = container.clientWidth < NARROW
  const graph = makeGraph(answer, narrow ? 0.6 : 1)
  layOut(graph)
  let colours = first
  let near: ReadonlySet<string> | null = null
  const opacity = (node: string) => (near === null || near.has(node) ? 1 : FAINT)

  const sigma = new Sigma<NodeLook, EdgeLook, Attributes, object, object, object, typeof PRIMITIVES>(graph, container, {
    settings: {
      // Fingers scroll the page; the buttons enlarge.
      gestureTarget: matchMedia('(pointer: coarse)').matches ? 'page' : 'graph',
      allowInvalidContainer: true, // while the page is being left
      enableEdgeEvents: true,
      edgePickingPadding: 4,
      stagePadding: narrow ? 24 : 44,
      labelRenderedSizeThreshold: 0,
      itemSizesReference: 'screen',
      autoRescaleContent: 'nodes',
      enableCameraRotation: false,
      zoomDuration: calm ? 0 : 200,
      inertiaDuration: calm ? 0 : 200,
      minCameraRatio: 0.15,
      maxCameraRatio: 2,
      minEdgeThickness: 1.2,
    },
    primitives: PRIMITIVES,
    styles: {
      nodes: {
        x: { attribute: 'x' },
        y: { attribute: 'y' },
        size: { attribute: 'size' },
        label: { attribute: 'label' },
        color: () => colours.soft,
        opacity: { attribute: 'opacity', defaultValue: 1 },
        labelVisibility: {
          whenState: 'isHovered',
          then: 'visible',
          else: { attribute: 'labelVisibility' },
        },
        labelPosition: { attribute: 'labelPosition' },
        labelColor: () => colours.ink,
        labelBackgroundColor: () => colours.paper,
        labelBackgroundPadding: 1,
        labelSize: 12,
        labelFont: 'system-ui, sans-serif',
      },
      edges: {
        size: { attribute: 'size' },
        color: (edge) => colourOf(edge as EdgeLook, colours),
        opacity: { attribute: 'opacity', defaultValue: 1 },
        dash: { attribute: 'dash' },
        gap: { attribute: 'gap' },
        body: (edge) =>
          (edge as EdgeLook).kind !== 'cooperation' ? NONE : colourOf(edge as EdgeLook, colours),
        head: 'arrow',
        path: 'curved',
        parallelPath: 'curved',
      },
    },
  })
  const pointed = (edge: string, event: { x: number; y: number }): Pointed => ({
    edge: {
      source: graph.source(edge),
      target: graph.target(edge),
      kind: graph.getEdgeAttribute(edge, 'kind'),
      deeds: graph.getEdgeAttribute(edge, 'deeds'),
      events: graph.getEdgeAttribute(edge, 'events'),
    },
    x: event.x,
    y: event.y,
  })
  /** Show the names that do not cover each other, those of the largest first. */
  function label() {
    const { width, height } = sigma.getDimensions()
    const shown = graph.filterNodes((key) => near === null || near.has(key))
    const wanted = shown.map((key) => {
      const { label: text, size, x, y } = graph.getNodeAttributes(key)
      return { key, text, ...sigma.graphToViewport({ x, y }), radius: sigma.scaleSize(size) }
    })
    wanted.sort((a, b) => b.radius - a.radius || (a.key < b.key ? -1 : 1))
    const placed = new Map(placeLabels(wanted, width, height, FIRST_NAMES).map((l) => [l.key, l.side]))
    graph.updateEachNodeAttributes((node, look) => ({
      ...look,
      labelVisibility: placed.has(node) ? 'visible' : 'hidden',
      labelPosition: placed.get(node) ?? look.labelPosition,
    }))
  }

  let waiting = false
  /** Only what is drawn says where a party is on the screen. */
  function labelSoon() {
    if (waiting) return
    waiting = true
    sigma.once('afterRender', () => {
      waiting = false
      label()
    })
  }

  labelSoon()
  sigma.getCamera().on('updated', labelSoon)
  sigma.on('resize', labelSoon)
  sigma.on('clickNode', ({ node }) => handlers.onnode(node))
  sigma.on('clickStage', () => handlers.onnode(null))
  sigma.on('clickEdge', ({ edge }) => handlers.onlink(graph.source(edge), graph.target(edge)))
  sigma.on('enterNode', ({ node, event }) =>
    handlers.onpoint({ node, x: event.x, y: event.y }),
  )
  sigma.on('enterEdge', ({ edge, event }) => handlers.onpoint(pointed(edge, event)))
  sigma.on('leaveNode', () => handlers.onpoint(null))
  sigma.on('leaveEdge', () => handlers.onpoint(null))

  return {
    highlight(id) {
      near = id === null ? null : new Set([id, ...graph.neighbors(id)])
      graph.updateEachNodeAttributes((node, look) => ({ ...look, opacity: opacity(node) }))
      graph.updateEachEdgeAttributes((_, look, source, target) => ({
        ...look,
        opacity: id === null || source === id || target === id ? 1 : FAINT,
      }))
      labelSoon()
    },
    recolour(next) {
      colours = next
      sigma.refresh()
    },
    enlarge: () => void sigma.getCamera().zoomIn(),
    shrink: () => void sigma.getCamera().zoomOut(),
    fit: () => void sigma.getCamera().reset(),
    stop: () => sigma.kill(),
  }
}

function colourOf(edge: EdgeLook, colours: Colours): string {
  if (edge.kind === 'open') return colours.soft
  if (edge.kind === 'conflict') return edge.deeds ? colours.conflictDeeds : colours.conflictWords
  return edge.deeds ? colours.cooperationDeeds : colours.cooperationWords
}
