/** Counts by quad class, and the shapes that show their shares. */

import { QUADS, quadOf, type Quad } from '../../lib/words'

/** How many events are of quad 1, 2, 3 and 4. */
export type QuadCounts = readonly [number, number, number, number]

export interface Share {
  quad: Quad
  count: number
  /** From 0 to 1 along the whole. */
  from: number
  to: number
}

export function quadsOfTypes(byType: Partial<Record<string, number>>): QuadCounts {
  const counts: [number, number, number, number] = [0, 0, 0, 0]
  for (const [type, count] of Object.entries(byType)) {
    const quad = quadOf(type)
    if (quad !== null) counts[quad - 1] = (counts[quad - 1] ?? 0) + (count ?? 0)
  }
  return counts
}

export function addQuads(a: QuadCounts, b: QuadCounts): QuadCounts {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]]
}

/** Return the quads that occur, in their order, each with its stretch of the whole. */
export function sharesOf(counts: QuadCounts): Share[] {
  const total = counts[0] + counts[1] + counts[2] + counts[3]
  const shares: Share[] = []
  let sum = 0
  for (const quad of QUADS) {
    const count = counts[quad - 1] ?? 0
    if (count === 0) continue
    shares.push({ quad, count, from: sum / total, to: (sum + count) / total })
    sum += count
  }
  return shares
}

/** Return the SVG path of a slice of a disc around 0, 0, from twelve o'clock on. */
export function slicePath(radius: number, from: number, to: number): string {
  if (to - from >= 1) {
    return `M0,${-radius}A${radius},${radius} 0 1 1 0,${radius}A${radius},${radius} 0 1 1 0,${-radius}Z`
  }
  const [x0, y0] = onCircle(radius, from)
  const [x1, y1] = onCircle(radius, to)
  const large = to - from > 0.5 ? 1 : 0
  return `M0,0L${x0},${y0}A${radius},${radius} 0 ${large} 1 ${x1},${y1}Z`
}

function onCircle(radius: number, share: number): [number, number] {
  const angle = share * 2 * Math.PI
  return [round(radius * Math.sin(angle)), round(-radius * Math.cos(angle))]
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
