/** The world's land, without any country: loaded when a map is first shown. */

import type { MultiPolygon, Polygon } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'

export type Land = MultiPolygon | Polygon

export async function loadLand(): Promise<Land> {
  const { default: atlas } = await import('world-atlas/land-110m.json')
  const topology = atlas as unknown as Topology<{ land: GeometryCollection }>
  const collection = feature(topology, topology.objects.land)
  const geometry = collection.features[0]?.geometry
  if (geometry?.type === 'MultiPolygon' || geometry?.type === 'Polygon') return geometry
  throw new Error('The file of the land has no land in it.')
}
