/** The keyboard: j and k walk through rows, wherever a view has them. */

/** Whether a key is meant for a field that is being typed in. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/**
 * Focus the next (1) or previous (-1) element with `data-row` of the drawer, where one
 * is open, else of the view.
 */
export function walkRows(step: 1 | -1): void {
  const area = document.querySelector('[data-walk="drawer"]') ?? document.querySelector('main')
  if (area === null) return
  const rows = [...area.querySelectorAll<HTMLElement>('[data-row]')]
  if (rows.length === 0) return
  const at = rows.findIndex((row) => row.contains(document.activeElement))
  const next = at === -1 ? firstVisible(rows, step) : at + step
  const row = rows[Math.min(Math.max(next, 0), rows.length - 1)]
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
}

function firstVisible(rows: readonly HTMLElement[], step: 1 | -1): number {
  const seen = rows.findIndex((row) => row.getBoundingClientRect().bottom > 120)
  if (seen === -1) return step === 1 ? 0 : rows.length - 1
  return seen
}
