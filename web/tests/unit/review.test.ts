import { describe, expect, test } from 'vitest'

import type { CellValues } from '../../src/review/shapes'
import { valueWords, wordsAt } from '../../src/review/words'
import { changedCells, markCode, wordsProblem } from '../../src/views/review/draft'

const VALUES: CellValues = {
  type: 'SANCTION',
  mode: 'expel',
  contexts: [],
  factuality: 'happened',
  actors: [{ words: 'Kyiv', name: 'Ukraine', country: 'UKR', sectors: ['GOV'] }],
  recipients: [],
  by: [],
  when: null,
  where: [],
  quantities: [],
  condition: null,
}

describe('words of a sentence', () => {
  const sentence = 'Kyiv 😀 said Kyiv would act'

  test('are counted in code points, and by which time they stand there', () => {
    expect(wordsAt(sentence, 0, 4)).toEqual({ text: 'Kyiv', occurrence: 0, within: 'sentence' })
    expect(wordsAt(sentence, 12, 16)).toEqual({ text: 'Kyiv', occurrence: 1, within: 'sentence' })
  })

  test('leave out the blanks at their ends', () => {
    expect(wordsAt(sentence, 11, 17)).toEqual({ text: 'Kyiv', occurrence: 1, within: 'sentence' })
    expect(wordsAt(sentence, 4, 5)).toBeNull()
  })

  test('that are typed must be there', () => {
    const passage = { start: 0, end: 26, text: sentence }
    expect(wordsProblem(passage, 'would act')).toBeNull()
    expect(wordsProblem(passage, 'Would act')).toMatch(/not in the sentence/)
    expect(wordsProblem(passage, '')).toMatch(/select or type/)
  })
})

test('a fix has the cells that differ, a code the words marked for it', () => {
  const words = [{ text: 'struck', occurrence: 0, within: 'sentence' as const }]
  const draft = { ...VALUES, type: 'ASSAULT', mode: null }
  expect(changedCells(VALUES, draft)).toEqual(['type', 'mode'])
  expect(markCode(VALUES, draft, { type: words })).toEqual({
    type: { value: 'ASSAULT', words },
    mode: null,
  })
  expect(markCode(VALUES, VALUES, { type: words })).toEqual({})
})

test('values are told in words', () => {
  expect(valueWords('actors', VALUES.actors)).toBe('Ukraine (UKR, GOV)')
  expect(valueWords('by', [])).toBe('the report itself')
  expect(valueWords('type', { value: 'ASSAULT', words: [] })).toBe('assault')
  expect(valueWords('when', null)).toBe('nothing')
  expect(valueWords('quantities', [{ words: '100', value: 100, of: 'troop' }])).toBe('100 troop')
})
