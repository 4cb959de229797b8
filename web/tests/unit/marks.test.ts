import { describe, expect, test } from 'vitest'

import { cutSegments, eventMarks, layMarks } from '../../src/lib/marks'
import type { EventLine } from '../../src/lib/types'

const sentence = { start: 100, end: 120, text: 'Kyiv 😀 said no, twice' }

function told(cells: { cell: string; start: number; end: number }[]) {
  return cutSegments(sentence, layMarks(cells, sentence)).map((segment) => [
    segment.text,
    segment.marks.flatMap((mark) => mark.cells),
  ])
}

describe('a sentence with marks', () => {
  test('is one piece without any', () => {
    expect(told([])).toEqual([[sentence.text, []]])
  })

  test('is cut at code points of the report, past a character of two units', () => {
    expect(told([{ cell: 'cue', start: 107, end: 111 }])).toEqual([
      ['Kyiv 😀 ', []],
      ['said', ['cue']],
      [' no, twice', []],
    ])
  })

  test('has the outer mark before the one that it holds', () => {
    expect(
      told([
        { cell: 'actor', start: 107, end: 111 },
        { cell: 'type', start: 107, end: 114 },
      ]),
    ).toEqual([
      ['Kyiv 😀 ', []],
      ['said', ['type', 'actor']],
      [' no', ['type']],
      [', twice', []],
    ])
  })

  test('cuts marks that cross each other where each begins and ends', () => {
    expect(
      told([
        { cell: 'a', start: 100, end: 106 },
        { cell: 'b', start: 105, end: 111 },
      ]),
    ).toEqual([
      ['Kyiv ', ['a']],
      ['😀', ['a', 'b']],
      [' said', ['b']],
      [' no, twice', []],
    ])
  })

  test('names every cell of one range once', () => {
    const cells = ['type', 'factuality', 'type'].map((cell) => ({ cell, start: 100, end: 104 }))
    expect(told(cells)[0]).toEqual(['Kyiv', ['type', 'factuality']])
  })

  test('leaves out marks that reach out of it', () => {
    expect(told([{ cell: 'when', start: 90, end: 104 }])).toEqual([[sentence.text, []]])
  })
})

describe('lanes', () => {
  test('put the longer of two marks under the shorter', () => {
    const marks = layMarks(
      [
        { cell: 'type', start: 100, end: 111 },
        { cell: 'actor', start: 100, end: 104 },
        { cell: 'when', start: 114, end: 118 },
      ],
      sentence,
    )
    const lanes = Object.fromEntries(marks.map((mark) => [mark.cells[0], mark.lane]))
    expect(lanes).toEqual({ actor: 0, type: 1, when: 0 })
  })

  test('are at most three', () => {
    const cells = [1, 2, 3, 4, 5].map((length) => ({
      cell: `c${length}`,
      start: 100,
      end: 100 + length,
    }))
    expect(layMarks(cells, sentence).map((mark) => mark.lane)).toEqual([2, 2, 2, 1, 0])
  })
})

test('the marks of an event line are those of its filled cells', () => {
  const span = (start: number, end: number) => ({ start, end, text: 'x' })
  const event = {
    cells: [
      { cell: 'event_type', value: 'REJECT', spans: [span(5, 9)], rule: 'r' },
      { cell: 'contexts', value: 'military', spans: [span(1, 2)], rule: 'r' },
    ],
    actors: [span(0, 4)],
    recipients: [],
    condition: null,
    attribution: [{ ...span(10, 12), cue: span(13, 17) }],
    when: null,
    where: [],
    quantities: [span(20, 22)],
  } as unknown as EventLine
  expect(eventMarks(event)).toEqual([
    { cell: 'type', start: 5, end: 9 },
    { cell: 'actor', start: 0, end: 4 },
    { cell: 'by', start: 10, end: 12 },
    { cell: 'cue', start: 13, end: 17 },
    { cell: 'quantity', start: 20, end: 22 },
  ])
})
