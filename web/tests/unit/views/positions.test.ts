import { describe, expect, it } from 'vitest'
import type { Issue, Move, PositionsAnswer } from '../../../src/views/positions/shapes'
import { standings, threadMoves } from '../../../src/views/positions/threads'
import demo from '../../fixtures/positions.json'

const [first] = (demo as PositionsAnswer).issues
if (first === undefined) throw new Error('the fixture has no issue')
const [sample] = first.moves
if (sample === undefined) throw new Error('the fixture has no move')

function move(id: string, actors: string[], answers: string | null = null): Move {
  return { ...sample!, move_id: id, actors, answers }
}

function issue(id: string, moves: Move[]): Issue {
  return { ...first!, issue_id: id, moves }
}

describe('threads', () => {
  it('hangs answers under what they answer, in order of time', () => {
    const threads = threadMoves([
      move('demand', ['A']),
      move('other', ['C']),
      move('no', ['B'], 'demand'),
      move('yes', ['D'], 'demand'),
      move('then', ['A'], 'no'),
    ])
    expect(threads.map((t) => t.move.move_id)).toEqual(['demand', 'other'])
    expect(threads[0]?.answers.map((t) => t.move.move_id)).toEqual(['no', 'yes'])
    expect(threads[0]?.answers[0]?.answers.map((t) => t.move.move_id)).toEqual(['then'])
  })

  it('says of an answer whose demand is elsewhere that it is', () => {
    expect(threadMoves([move('no', ['B'], 'gone')])).toMatchObject([{ elsewhere: true }])
  })

  it('shows each move once even where answers go in a circle', () => {
    const threads = threadMoves([move('a', ['A'], 'b'), move('b', ['B'], 'a')])
    expect(threads.map((t) => t.move.move_id)).toEqual(['a', 'b'])
    expect(threads.flatMap((t) => t.answers)).toEqual([])
  })

  it('loses no move of the demo record', () => {
    const count = (of: ReturnType<typeof threadMoves>): number =>
      of.reduce((sum, thread) => sum + 1 + count(thread.answers), 0)
    for (const { moves } of (demo as PositionsAnswer).issues) {
      expect(count(threadMoves(moves))).toBe(moves.length)
    }
  })
})

describe('standings', () => {
  const issues = [
    issue('one', [move('1', ['A']), move('2', ['B']), move('3', ['A'])]),
    issue('two', [move('4', ['A', 'C'])]),
  ]

  it('puts the parties of most issues first and counts those left out', () => {
    expect(standings(issues, 2)).toMatchObject({ parties: ['A', 'B'], left: 1 })
  })

  it('gives the last move of each party on each issue', () => {
    const { rows } = standings(issues, 3)
    expect(rows.map(({ last }) => last.map((m) => m?.move_id ?? null))).toEqual([
      ['3', '2', null],
      ['4', null, '4'],
    ])
  })
})
