/** Where names go on the map so that none covers a disc or another name. */

export interface Wanted {
  key: string
  text: string
  x: number
  y: number
  radius: number
  /** A ring has room for its name within; others are only around. */
  inside?: boolean
}

export interface Label {
  key: string
  text: string
  x: number
  y: number
  anchor: 'start' | 'middle' | 'end'
  side: 'right' | 'left' | 'below' | 'above' | 'over'
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

const GLYPH = 6.6 // mean width of a character at 12 px
const LINE = 15
const GAP = 4

/**
 * Return the labels that fit, the wanted ones first in their order: right of their
 * disc, else left, below or above it. What fits nowhere is left out. The `first` labels
 * may cover discs that come after them.
 */
export function placeLabels(
  wanted: readonly Wanted[],
  width: number,
  height: number,
  first = 0,
): Label[] {
  const discs: Box[] = wanted.map(({ x, y, radius, inside }) =>
    inside ? around(x, y, 1) : around(x, y, radius),
  )
  const taken: Box[] = []
  const labels: Label[] = []
  for (const [at, want] of wanted.entries()) {
    const fitting = candidates(want).find(
      ({ box }) =>
        box.left >= 0 &&
        box.right <= width &&
        box.top >= 0 &&
        box.bottom <= height &&
        taken.every((other) => !overlap(box, other)) &&
        discs.every((disc, of) => of === at || (at < first && of > at) || !overlap(box, disc)),
    )
    if (fitting === undefined) continue
    taken.push(fitting.box)
    labels.push(fitting.label)
  }
  return labels
}

function candidates(want: Wanted): { label: Label; box: Box }[] {
  const { key, text, x, y, radius } = want
  const width = text.length * GLYPH
  const gap = radius + GAP
  const make = (side: Label['side'], dx: number, dy: number) => {
    const anchor = side === 'right' ? 'start' : side === 'left' ? 'end' : 'middle'
    const left = anchor === 'start' ? x + dx : anchor === 'end' ? x + dx - width : x - width / 2
    const middle = y + dy
    return {
      label: { key, text, anchor, side, x: x + dx, y: middle + 4 } as Label,
      box: { left, right: left + width, top: middle - LINE / 2, bottom: middle + LINE / 2 },
    }
  }
  const within = want.inside && width < radius * 1.9 ? [make('over', 0, 0)] : []
  return [
    ...within,
    make('right', gap, 0),
    make('left', -gap, 0),
    make('below', 0, gap + LINE / 2),
    make('above', 0, -gap - LINE / 2),
  ]
}

function around(x: number, y: number, by: number): Box {
  return { left: x - by, right: x + by, top: y - by, bottom: y + by }
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
