/** Asking the service. Nothing on the page asks anybody else. */

export type Query = URLSearchParams | Record<string, string | number | null | undefined>

/** What the service said instead of an answer, or that nobody answered (status 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

/** Fetches the JSON of a path such as `events/evt-1`; a static site brings its own. */
export type Transport = (path: string, signal: AbortSignal) => Promise<unknown>

const BUSY = 503
const TRIES = 3
const TOKEN = 'onrecord-token'

let transport: Transport = fromService

export function useTransport(other: Transport): void {
  transport = other
}

/** What the page is told by: a site without texts cannot look through them. */
export const source = { texts: true }

/** Keep a token for the service until the browser's tab is closed. */
export function setToken(token: string): void {
  sessionStorage.setItem(TOKEN, token)
}

export async function ask<T>(path: string, query: Query, signal: AbortSignal): Promise<T> {
  const written = writeQuery(query)
  return (await transport(written ? `${path}?${written}` : path, signal)) as T
}

export function writeQuery(query: Query): string {
  if (query instanceof URLSearchParams) return query.toString()
  const out = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') out.set(name, `${value}`)
  }
  return out.toString()
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

async function fromService(path: string, signal: AbortSignal): Promise<unknown> {
  const init = { headers: headersWith({}), signal }
  let response = await send(path, init)
  for (let tried = 1; response.status === BUSY && tried < TRIES; tried += 1) {
    await new Promise((resolve) => setTimeout(resolve, 400 * tried))
    response = await send(path, init)
  }
  return answer(response)
}

/** Send something to the service; only a judgement of a reviewer is. */
export async function post<T>(path: string, body: unknown): Promise<T> {
  const headers = headersWith({ 'content-type': 'application/json' })
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  return (await answer(await send(path, init))) as T
}

function headersWith(more: Record<string, string>): Record<string, string> {
  const token = sessionStorage.getItem(TOKEN)
  const headers = { accept: 'application/json', ...more }
  return token ? { ...headers, authorization: `Bearer ${token}` } : headers
}

async function answer(response: Response): Promise<unknown> {
  if (!response.ok) throw new ApiError(response.status, await reason(response))
  return response.json()
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`api/${path}`, init)
  } catch (error) {
    if (isAbort(error)) throw error
    throw new ApiError(0, 'The service does not answer. Is `onrecord serve` still running?')
  }
}

async function reason(response: Response): Promise<string> {
  try {
    const body: unknown = await response.json()
    if (typeof body === 'object' && body !== null && 'error' in body) {
      return String(body.error)
    }
  } catch {
    // No JSON: the status has to do.
  }
  return `The service answered ${response.status} ${response.statusText}.`
}
