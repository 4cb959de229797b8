import { describe, expect, test } from 'vitest'

import { countFilters, readHash, toggled, withValues, writeHash } from '../../src/lib/location'

describe('an address', () => {
  test('comes back as it was written', () => {
    const location = {
      view: 'timeline' as const,
      filters: { actor: ['Russia', 'A & B'], type: ['AID'], since: ['2022-01-24'] },
      params: { event: 'evt-1', step: 'week' },
    }
    const hash = writeHash(location)
    expect(hash).toBe(
      '#/timeline?actor=Russia&actor=A+%26+B&type=AID&since=2022-01-24&event=evt-1&step=week',
    )
    expect(readHash(hash)).toEqual(location)
  })

  test('without a view is the brief', () => {
    expect(readHash('')).toEqual({ view: 'brief', filters: {}, params: {} })
    expect(readHash('#/nowhere').view).toBe('brief')
  })

  test('gives a filter of one value the last it names', () => {
    expect(readHash('#/map?since=2022-01-01&since=2022-01-02').filters).toEqual({
      since: ['2022-01-02'],
    })
  })

  test('leaves out what is empty or said twice', () => {
    expect(readHash('#/map?type=&country=UKR&country=UKR&q=').filters).toEqual({
      country: ['UKR'],
    })
  })
})

describe('filters', () => {
  test('toggle a value in and out', () => {
    const once = toggled({}, 'type', 'AID')
    expect(once).toEqual({ type: ['AID'] })
    expect(toggled(once, 'type', 'AID')).toEqual({})
    expect(toggled(once, 'type', 'AGREE')).toEqual({ type: ['AID', 'AGREE'] })
  })

  test('of one value are replaced', () => {
    expect(toggled({ since: ['2022-01-01'] }, 'since', '2022-01-02')).toEqual({
      since: ['2022-01-02'],
    })
  })

  test('are taken out with no values, and counted', () => {
    const filters = { type: ['AID', 'AGREE'], by: ['Kyiv'] }
    expect(countFilters(filters)).toBe(3)
    expect(withValues(filters, 'type', [])).toEqual({ by: ['Kyiv'] })
  })
})
