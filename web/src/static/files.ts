/** The data of the site: scripts beside the page, each loaded when it is first asked for. */

import { ApiError } from '../lib/api'

export type Load = <T>(name: string) => Promise<T>

/** Return what loads data through script elements, the one way open to a file. */
export function fromScripts(folder: string): Load {
  const given = new Map<string, unknown>()
  const wanted = new Map<string, Promise<unknown>>()
  Object.assign(window, {
    onrecord: (name: string, text: string) => given.set(name, JSON.parse(text)),
  })

  function fetchScript(name: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const script = document.createElement('script')
      const failed = () => {
        script.remove()
        wanted.delete(name)
        reject(new ApiError(0, `${folder}/${name}.js cannot be read. Is the folder whole?`))
      }
      script.onload = () => {
        const data = given.get(name)
        given.delete(name)
        script.remove()
        if (data === undefined) failed()
        else resolve(data)
      }
      script.onerror = failed
      script.src = `${folder}/${name}.js`
      document.head.append(script)
    })
  }

  return <T>(name: string) => {
    let found = wanted.get(name)
    if (found === undefined) {
      found = fetchScript(name)
      wanted.set(name, found)
    }
    return found as Promise<T>
  }
}
