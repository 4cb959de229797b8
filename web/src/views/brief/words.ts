/** What the parts of a brief are called, and a line on each. */

export const PARTS: Record<string, { title: string; short: string; note?: string }> = {
  happened: { title: 'Happened', short: 'happened' },
  came_true: { title: 'Happened, and told before as ahead', short: 'came true' },
  demands: { title: 'Demands', short: 'demands' },
  threats: { title: 'Threats and warnings', short: 'threats and warnings' },
  denials: { title: 'Denials', short: 'denials', note: 'Somebody’s word says it is not so.' },
  ahead: {
    title: 'Ahead',
    short: 'ahead',
    note: 'Planned, feared, conditional or asked for: not a fact.',
  },
  not_so: {
    title: 'Did not happen',
    short: 'did not happen',
    note: 'The report itself says so.',
  },
  past: { title: 'Told of earlier times', short: 'background' },
}

/** The windows that a click chooses, as days before the last day of the record. */
export const WINDOWS: readonly { label: string; days: number | null }[] = [
  { label: 'Last day', days: 0 },
  { label: '3 days', days: 2 },
  { label: 'Week', days: 6 },
  { label: 'All', days: null },
]
