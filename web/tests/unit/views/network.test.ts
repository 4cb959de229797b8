import { describe, expect, it } from 'vitest'
import { edgeKey, layOut, makeGraph } from '../../../src/views/network/layout'
import { linkedOnly, type NetworkAnswer } from '../../../src/views/network/shapes'
import demo from '../../fixtures/network.json'

const answer = demo as NetworkAnswer

function places(of: NetworkAnswer) {
  const graph = makeGraph(of)
  layOut(graph)
  return graph.mapNodes((id, { x, y }) => [id, x, y])
}

describe('layout', () => {
  it('gives the same places again', () => {
    expect(places(answer)).toEqual(places(answer))
  })

  it('does not depend on the order of the parties', () => {
    const turned = { ...answer, nodes: [...answer.nodes].reverse() }
    expect(places(turned)).toEqual(places(answer))
  })

  it('puts no two parties on one place', () => {
    const at = places(answer).map(([, x, y]) => `${Number(x).toFixed(3)} ${Number(y).toFixed(3)}`)
    expect(new Set(at).size).toBe(answer.nodes.length)
  })
})

describe('graph', () => {
  const two: NetworkAnswer = {
    nodes: [
      { id: 'a', name: 'A', country: null, sectors: [], count: 12 },
      { id: 'b', name: 'A name that is far too long to stand on a line', country: null, sectors: [], count: 3 },
      { id: 'c', name: 'C', country: null, sectors: [], count: 1 },
    ],
    links: [
      {
        source: 'a',
        target: 'b',
        count: 9,
        by_quad: { '1': 2, '3': 1, '4': 2 },
        by_factuality: { happened: 5, denied: 4 },
        score_sum: -3,
      },
    ],
    left: 0,
  }

  it('parts cooperation from conflict and dashes conflict', () => {
    const graph = makeGraph(two)
    expect(graph.getEdgeAttributes(edgeKey('a', 'b', 'cooperation'))).toMatchObject({
      events: 2,
      deeds: false,
      gap: 0,
    })
    expect(graph.getEdgeAttributes(edgeKey('a', 'b', 'conflict'))).toMatchObject({
      events: 3,
      deeds: true,
      gap: 4,
    })
  })

  it('dots what did not happen and counts it in neither', () => {
    expect(makeGraph(two).getEdgeAttributes(edgeKey('a', 'b', 'open'))).toMatchObject({
      events: 4,
      dash: 2,
    })
  })

  it('shortens long names', () => {
    expect(makeGraph(two).getNodeAttribute('b', 'label')).toBe('A name that is far too lo…')
  })

  it('leaves out parties without a link', () => {
    expect(linkedOnly(two).nodes.map(({ id }) => id)).toEqual(['a', 'b'])
  })
})
