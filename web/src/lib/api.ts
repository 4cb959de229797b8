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
  const token = sessionStorage.getItem(TOKEN)
  const headers: Record<string, string> = { accept: 'application/json' }
  if (token) headers['authorization'] = `Bearer ${token}`
  let response = await send(path, headers, signal)
  for (let tried = 1; response.status === BUSY && tried < TRIES; tried += 1) {
    await new Promise((resolve) => setTimeout(resolve, 400 * tried))
    response = await send(path, headers, signal)
  }
  if (!response.ok) throw new ApiError(response.status, await reason(response))
  return response.json()
}

async function send(
  path: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(`api/${path}`, { headers, signal })
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
