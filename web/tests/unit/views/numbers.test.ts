import { describe, expect, it } from 'vitest'
import {
  lastByVoice,
  logTicks,
  rangeWords,
  timeExtent,
  valueExtent,
  valueWords,
  voiceOf,
} from '../../../src/views/numbers/figures'
import type { NumberPoint, NumberRange, NumbersAnswer } from '../../../src/views/numbers/shapes'
import demo from '../../fixtures/numbers.json'

const sample = (demo as NumbersAnswer).lines[0]?.points[0]
if (sample === undefined) throw new Error('the fixture has no value')

function point(change: Partial<NumberPoint>, by: string[] = []): NumberPoint {
  const plain = { low: null, high: null, modifier: 'exact', since: null, until: null }
  return { ...sample!, ...plain, cite: { ...sample!.cite, outlet: 'Wire', by }, ...change }
}

const range: NumberRange = {
  low: 5,
  high: 20,
  open_low: false,
  open_high: false,
  voices: 2,
  since: null,
  until: null,
}

describe('words', () => {
  it('says how a value is meant', () => {
    expect(valueWords(point({ value: 100_000, low: 100_000, modifier: 'at_least' }))).toBe(
      'at least 100,000',
    )
    expect(valueWords(point({ value: 10, low: 10, high: 15, modifier: 'about' }))).toBe('10 to 15')
    expect(valueWords(point({ value: 7, low: 7, high: 7 }))).toBe('7')
  })

  it('says which end of a range is open', () => {
    expect(rangeWords(range)).toBe('5 to 20')
    expect(rangeWords({ ...range, open_low: true, open_high: true })).toBe(
      '5 or fewer to 20 or more',
    )
    expect(rangeWords({ ...range, low: 20, open_high: true })).toBe('20 or more')
    expect(rangeWords({ ...range, high: 5, open_low: true })).toBe('5 or fewer')
  })

  it('names the speaker, else the outlet', () => {
    expect(voiceOf(point({}, ['Officials', 'A ministry']))).toBe('Officials, by way of A ministry')
    expect(voiceOf(point({}))).toBe('Wire')
  })

  it('keeps the last value of each voice, the least first', () => {
    const points = [point({ value: 9 }, ['A']), point({ value: 3 }, ['B']), point({ value: 2 }, ['A'])]
    expect(lastByVoice(points).map((p) => p.value)).toEqual([2, 3])
  })
})

describe('scales', () => {
  it('is logarithmic from fifty times on, but never with none', () => {
    expect(valueExtent([point({ value: 10 }), point({ value: 500 })]).log).toBe(true)
    expect(valueExtent([point({ value: 10 }), point({ value: 499 })]).log).toBe(false)
    expect(valueExtent([point({ value: 0 }), point({ value: 500 })]).log).toBe(false)
  })

  it('has room for bounds', () => {
    const extent = valueExtent([point({ value: 10, low: 8, high: 40 })])
    expect(extent.from).toBeLessThan(8)
    expect(extent.to).toBeGreaterThan(40)
  })

  it('ticks powers of ten, or finer where they are few', () => {
    expect(logTicks({ from: 5, to: 200_000, log: true })).toEqual([10, 100, 1_000, 10_000, 100_000])
    expect(logTicks({ from: 125, to: 16_000, log: true })).toEqual([
      200, 500, 1_000, 2_000, 5_000, 10_000,
    ])
  })

  it('shows a single day with room on both sides', () => {
    const day = Date.UTC(2022, 0, 20)
    expect(timeExtent([point({ since: '2022-01-20', until: '2022-01-20' })])).toEqual([
      day - 43_200_000,
      day + 43_200_000,
    ])
  })

  it('has no time where no report has a date', () => {
    expect(timeExtent([point({})])).toBeNull()
  })
})
