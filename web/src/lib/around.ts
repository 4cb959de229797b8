/** The words around a sentence. */

/** Return neighbouring text without the halves of words where it was cut off. */
export function tidy(text: string, end: boolean): string {
  const whole = end ? text.replace(/\s\S*$/, '') : text.replace(/^\S*\s/, '')
  return (whole || text).trim().replace(/\n+/g, '\n')
}
