/** Join points that would cover each other on the screen. */

import { addQuads, quadsOfTypes, type QuadCounts } from './shares'
import type { MapArea, MapPoint } from './shapes'

/** A point with its place on the unmoved map, in pixels. */
export interface Laid {
  point: MapPoint
  x: number
  y: number
}

/** One or more points that are drawn as one disc, at the place of the largest. */
export interface Cluster {
  key: string
  x: number
  y: number
  radius: number
  count: number
  quads: QuadCounts
  members: MapPoint[]
}

const LEAST_RADIUS = 5
const MOST_RADIUS = 26

/** Return the radius of a disc whose area stands for `count`. */
export function radiusOf(count: number, most: number): number {
  const scale = Math.min(MOST_RADIUS, 7 + 2.2 * Math.sqrt(most)) / Math.sqrt(Math.max(most, 1))
  return Math.max(LEAST_RADIUS, scale * Math.sqrt(count))
}

/**
 * Return the discs to draw when the map is enlarged `scale` times. Points with the
 * most events come first and take in those that their discs would cover. `shrink` makes
 * discs smaller where there is little room.
 */
export function clusterPoints(
  laid: readonly Laid[],
  scale: number,
  shrink = 1,
): Cluster[] {
  const most = Math.max(1, ...laid.map(({ point }) => point.count))
  const ordered = [...laid].sort(
    (a, b) => b.point.count - a.point.count || compare(keyOf(a.point), keyOf(b.point)),
  )
  const clusters: Cluster[] = []
  for (const { point, x, y } of ordered) {
    const radius = shrink * radiusOf(point.count, most)
    const near = clusters.find(
      (c) => Math.hypot((c.x - x) * scale, (c.y - y) * scale) < (c.radius + radius) * 0.85,
    )
    if (near === undefined) {
      clusters.push({
        key: keyOf(point),
        x,
        y,
        radius,
        count: point.count,
        quads: quadsOfTypes(point.by_type),
        members: [point],
      })
      continue
    }
    near.members.push(point)
    near.count += point.count
    near.quads = addQuads(near.quads, quadsOfTypes(point.by_type))
    near.radius = shrink * radiusOf(near.count, most)
  }
  return clusters
}

/** Return how many of the events at the places happened. */
export function happenedAt(places: readonly (MapPoint | MapArea)[]): number {
  return places.reduce((sum, place) => sum + (place.by_factuality?.happened ?? 0), 0)
}

export function keyOf(place: MapPoint | MapArea): string {
  return `${place.name}|${place.country ?? ''}|${place.geonameid ?? ''}|${place.precision}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
