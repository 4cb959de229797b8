/** What there is of a report's text: all of it, or the sentences that a site copied. */

import { codePoints, slicePoints } from './offsets'
import type { Passage, ReportView } from './types'

/** Return stretches that do not overlap, in order. */
export function passagesOf(view: ReportView): Passage[] {
  const { text, report } = view
  if (text !== null) {
    const end = codePoints(text)
    const start = report.body_start
    return [{ start, end, text: slicePoints(text, start, end) }]
  }
  const apart: Passage[] = []
  for (const passage of view.passages ?? []) {
    const last = apart.at(-1)
    if (last === undefined || passage.start >= last.end) apart.push(passage)
  }
  return apart
}
