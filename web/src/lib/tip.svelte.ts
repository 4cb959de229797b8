/** A short note beside whatever is pointed at or focused: one for the whole page. */

export interface Tip {
  text: string
  x: number
  y: number
  /** The height of what is pointed at, to stand above or under it. */
  height: number
}

let now = $state.raw<Tip | null>(null)

export const tip = {
  get now(): Tip | null {
    return now
  },
}

/** Show words beside an element. */
export function showTip(beside: Element, text: string): void {
  const box = beside.getClientRects()[0] ?? beside.getBoundingClientRect()
  now = { text, x: box.left + box.width / 2, y: box.top, height: box.height }
}

/** Show words at a place in the window, such as that of a pointer over a chart. */
export function showTipAt(x: number, y: number, text: string): void {
  now = { text, x, y: y - 8, height: 16 }
}

export function hideTip(): void {
  now = null
}
