import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { TYPES } from '../../src/lib/words'

test('types, quads and descriptions are those of the ontology', () => {
  const path = new URL('../../../src/onrecord/data/ontology/plover.toml', import.meta.url)
  const section =
    /^\[event_types\.([A-Z]+)\]\nquad = (\d)[\s\S]*?^description = "(.*)"$/gm
  const told = Object.fromEntries(
    [...readFileSync(path, 'utf8').matchAll(section)].map(([, name, quad, is]) => [
      name,
      { quad: Number(quad), is },
    ]),
  )
  expect(Object.keys(told)).toHaveLength(16)
  expect(TYPES).toEqual(told)
})
