/** The keyboard: j and k walk through rows, wherever a view has them. */

/** Whether a key is meant for a field that is being typed in. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/**
 * Focus the next (1) or previous (-1) row of the view. With `follow` the row is opened,
 * too, from the one that is open: so a drawer walks along.
 */
export function walkRows(step: 1 | -1, follow = false): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')]
  if (rows.length === 0) return
  const at = rows.findIndex((row) =>
    follow ? row.ariaCurrent === 'true' : row.contains(document.activeElement),
  )
  const next = at === -1 ? firstVisible(rows, step) : at + step
  const row = rows[Math.min(Math.max(next, 0), rows.length - 1)]
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'center' })
  if (follow) row?.click()
}

function firstVisible(rows: readonly HTMLElement[], step: 1 | -1): number {
  const seen = rows.findIndex((row) => row.getBoundingClientRect().top > 60)
  if (seen === -1) return step === 1 ? 0 : rows.length - 1
  return seen
}
