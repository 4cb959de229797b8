/** Lists of reports, and one with what was found in it. */

import { ApiError } from '../lib/api'
import type { Listing, ReportRow, ReportView } from '../lib/types'
import { utf16Places } from '../lib/offsets'
import { within } from './cite'
import type { Core, Report } from './core'
import { fitsEvent, isNone, lower, readFilters } from './filters'
import { findPage } from './listing'
import { eventMarks } from '../lib/marks'
import { byDay, byKeys, byText, lastDay, on } from './order'
import type { Site } from './site'

export async function listReports(
  site: Site,
  query: URLSearchParams,
): Promise<Listing<ReportRow>> {
  const { core } = site
  const rows = new Map((await site.reportRows()).map((row) => [row.doc_id, row]))
  const told = reportsThatFit(core, query)
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const found = []
  for (const report of told) {
    if (await hasWords(site, report, rows.get(report.id)?.title ?? '', words)) {
      found.push(report)
    }
  }
  const order = byKeys<Report>(
    on((report) => report.date, query.get('order') === '-report' ? lastDay : byDay),
    on((report) => report.id, byText),
  )
  const page = findPage(found, order, query, (id) => core.report.get(id))
  return {
    items: page.rows.flatMap((report) => rows.get(report.id) ?? []),
    total: page.total,
    next: page.next,
  }
}

function reportsThatFit(core: Core, query: URLSearchParams): Report[] {
  const filters = readFilters(query, core.codes)
  if (isNone(filters) && !core.filtered) return core.reports
  const told = new Set(core.events.filter(fitsEvent(filters)).map((event) => event.doc))
  return core.reports.filter((report) => told.has(report.id))
}

/** Without texts, only titles and the sentences that are here are looked through. */
async function hasWords(
  site: Site,
  report: Report,
  title: string,
  words: readonly string[],
): Promise<boolean> {
  const missing = words.filter((word) => !lower(title).includes(word))
  if (missing.length === 0) return true
  const whole = await site.report(report.id)
  const text = lower(whole?.text ?? (whole?.passages ?? []).map((one) => one.text).join('\n'))
  return missing.every((word) => text.includes(word))
}

export async function reportView(site: Site, docId: string): Promise<ReportView> {
  const whole = await site.report(docId)
  if (whole === null) {
    throw new ApiError(404, `no report '${docId}' in this record; /api/reports lists them`)
  }
  const ids = site.core.events.filter((event) => event.doc === docId).map((event) => event.id)
  const found = [...(await site.events(ids)).values()]
  const lines = found.map(({ event }) => {
    const { outlet: _, date: __, title: ___, happening_id: ____, ...line } = event
    return line
  })
  const { text } = whole
  const place = text === null ? (at: number) => at : utf16Places(text)
  const placed = <T extends { start: number; end: number }>(span: T) => ({
    ...span,
    start16: place(span.start),
    end16: place(span.end),
  })
  return {
    report: whole.report,
    text,
    ...(text === null ? { passages: whole.passages } : {}),
    events: lines,
    statements: whole.statements.map(({ line }) => line),
    marks: lines.map((line) => ({
      event_id: line.event_id,
      sentence: placed(line.sentence),
      cells: within(eventMarks(line), line.sentence).map(placed),
    })),
    story: whole.story,
  }
}
