/** What a report is to the report it copies. */

const RELATIONS: Record<string, string> = {
  original: 'original',
  exact: 'copied word for word',
  near: 'copied nearly word for word',
  rewritten: 'rewritten',
}

export function relationWord(relation: string): string {
  return RELATIONS[relation] ?? relation
}
