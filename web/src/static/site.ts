/** The data of a site: what is in memory, and whole rows fetched where they are needed. */

import { ApiError } from '../lib/api'
import type {
  Cite,
  ListedEvent,
  Passage,
  ReportHead,
  ReportRow,
  StatementLine,
  StoryView,
} from '../lib/types'
import { type Core, type CoreFile, type Event, FORM, type HappeningRow, openCore } from './core'
import { eventCite } from './cite'
import type { Load } from './files'
import { type Packed, fillWords, unpackAll, unpackRow } from './unpack'

export interface WholeEvent {
  event: ListedEvent
  sentence: Passage
  report: ReportHead
  before: string
  after: string
}

export interface WholeReport {
  report: ReportHead & { body_start: number }
  text: string | null
  passages: Passage[]
  statements: { line: StatementLine; sentence: Passage }[]
  story: { story_id: string; relation: string; of: string | null; similarity: number } | null
}

export interface Site {
  core: Core
  /** Whole events by id; those that the site does not hold are left out. */
  events(ids: readonly string[]): Promise<Map<string, WholeEvent>>
  cites(ids: readonly string[]): Promise<Map<string, Cite>>
  report(docId: string): Promise<WholeReport | null>
  reportRows(): Promise<ReportRow[]>
  happenings(): Promise<HappeningRow[]>
  story(storyId: string): Promise<StoryView | null>
  load: Load
}

export async function openSite(load: Load): Promise<Site> {
  const file = await load<CoreFile>('core')
  if (file.form !== FORM) {
    throw new ApiError(0, 'The data is of another version than the page: make the site anew.')
  }
  const core = openCore(file)
  let happenings: Promise<HappeningRow[]> | null = null
  let reportRows: Promise<ReportRow[]> | null = null

  async function row<T>(name: string, size: number, at: number): Promise<T> {
    const packed = await load<Packed>(`${name}-${Math.floor(at / size)}`)
    return unpackRow<T>(packed, at % size)
  }

  async function whole(event: Event): Promise<WholeEvent> {
    const found = await row<WholeEvent>('events', core.chunk.events, event.at)
    fillWords(found.event, found.sentence)
    return found
  }

  async function events(ids: readonly string[]): Promise<Map<string, WholeEvent>> {
    const known = ids.flatMap((id) => core.event.get(id) ?? [])
    const found = await Promise.all(known.map(whole))
    return new Map(found.map((one) => [one.event.event_id, one]))
  }

  return {
    core,
    load,
    events,
    async cites(ids) {
      const found = await events(ids)
      return new Map([...found].map(([id, one]) => [id, eventCite(one.event, one.report)]))
    },
    async report(docId) {
      const known = core.report.get(docId)
      if (known === undefined) return null
      const found = await row<WholeReport>('reports', core.chunk.reports, known.at)
      for (const { line, sentence } of found.statements) fillWords(line, sentence)
      return found
    },
    reportRows() {
      reportRows ??= load<Packed>('reports').then((packed) => unpackAll<ReportRow>(packed))
      return reportRows
    },
    happenings() {
      happenings ??= load<Packed>('happenings').then((packed) =>
        unpackAll<HappeningRow>(packed),
      )
      return happenings
    },
    async story(storyId) {
      const at = core.storyAt.get(storyId)
      return at === undefined ? null : row<StoryView>('stories', core.chunk.stories, at)
    },
  }
}
