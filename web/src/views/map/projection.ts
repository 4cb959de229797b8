/** Equal-earth projection, turned and fitted to what is shown. */

import { geoDistance, geoEqualEarth, type GeoProjection } from 'd3-geo'
import type { FeatureCollection, MultiPoint, Point } from 'geojson'

export interface Spot {
  lat: number
  lon: number
}

const NARROWEST = 14 // degrees around a single place
const MOST_OF_WORLD = 170 // degrees
const MARGIN = 48 // pixels
const KM_PER_RADIAN = 6371

/**
 * Return a projection in which the spots fill `width` by `height`, at least some
 * degrees across, or the whole world where there is no spot.
 */
export function fitProjection(
  spots: readonly Spot[],
  width: number,
  height: number,
): GeoProjection {
  const projection = geoEqualEarth()
  if (spots.length === 0) {
    return projection.fitSize([width, height], { type: 'Sphere' })
  }
  const middle = middleLongitude(spots.map(({ lon }) => lon))
  const margin = Math.min(MARGIN, width / 6, height / 6)
  return projection.rotate([-middle, 0]).fitExtent(
    [
      [margin, margin],
      [width - margin, height - margin],
    ],
    widened(spots),
  )
}

/** Return how many times smaller than fitted the whole world still fits. */
export function worldScale(fitted: GeoProjection, width: number, height: number): number {
  const world = geoEqualEarth().fitSize([width, height], { type: 'Sphere' })
  return Math.min(1, world.scale() / fitted.scale())
}

/**
 * Return the middle of the narrowest range that holds all longitudes, but 0 where that
 * is most of the world: then it looks as world maps do.
 */
export function middleLongitude(longitudes: readonly number[]): number {
  const sorted = [...longitudes].sort((a, b) => a - b)
  let widest = -1
  let start = sorted[0] ?? 0
  let range = 0
  for (const [at, here] of sorted.entries()) {
    const next = sorted[at + 1] ?? (sorted[0] ?? 0) + 360
    if (next - here > widest) {
      widest = next - here
      start = next
      range = 360 - widest
    }
  }
  if (range > MOST_OF_WORLD) return 0
  const middle = start + range / 2
  return ((((middle + 180) % 360) + 360) % 360) - 180
}

/** Return how many pixels `km` are around a spot on the fitted map. */
export function pixelsOf(projection: GeoProjection, spot: Spot, km: number): number {
  const here = projection([spot.lon, spot.lat])
  const north: [number, number] = [spot.lon, spot.lat + (spot.lat > 80 ? -1 : 1)]
  const there = projection(north)
  if (here === null || there === null) return 0
  const length = geoDistance([spot.lon, spot.lat], north) * KM_PER_RADIAN
  return (Math.hypot(here[0] - there[0], here[1] - there[1]) * km) / length
}

function widened(spots: readonly Spot[]): FeatureCollection<Point | MultiPoint> {
  const half = NARROWEST / 2
  const lats = spots.map(({ lat }) => lat)
  const middleLat = (Math.min(...lats) + Math.max(...lats)) / 2
  const middle = middleLongitude(spots.map(({ lon }) => lon))
  const corners: [number, number][] = [
    [middle - half, clampLat(middleLat - half / 2)],
    [middle + half, clampLat(middleLat + half / 2)],
  ]
  const places: [number, number][] = spots.map(({ lon, lat }) => [lon, lat])
  return {
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties: {},
        geometry: { type: 'MultiPoint', coordinates: [...places, ...corners] },
      },
    ],
  }
}

function clampLat(lat: number): number {
  return Math.max(-85, Math.min(85, lat))
}
