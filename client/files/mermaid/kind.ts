/** The kinds of diagrams of Mermaid, by the word that they begin with, and whether they become shapes. */
const KINDS: readonly (readonly [RegExp, MermaidKind])[] = [
  [/^(graph|flowchart)(-elk)?(\s+(TB|TD|BT|LR|RL))?\s*(;|$)/, 'flowchart'],
  [/^sequenceDiagram\s*$/, 'sequence'],
  [
    /^(classDiagram|stateDiagram|erDiagram|gantt|pie|journey|gitGraph|mindmap|timeline|quadrantChart|requirementDiagram|sankey|xychart|block|packet|kanban|architecture|C4\w+)(-v2|-beta)?(\s|$)/,
    'other',
  ],
]

export type MermaidKind = 'flowchart' | 'sequence' | 'other'

/** UTF-16 code units. Far more than a diagram that anybody wants to see at once. */
const MOST = 200_000

/** What a text is a diagram of; undefined when it is none of Mermaid. */
export function mermaidKind(text: string): MermaidKind | undefined {
  if (text.length > MOST) return undefined
  const [first, ...rest] = mermaidLines(text)
  const kind = KINDS.find(([pattern]) => pattern.test(first ?? ''))?.[1]
  // A single line may be a sentence that begins with such a word.
  return rest.length > 0 || (first?.includes(';') ?? false) ? kind : undefined
}

/** The lines that say something: without fences, front matter, comments and directives. */
export function mermaidLines(text: string): readonly string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/^\s*```(?:mermaid)?[^\n]*\n([\s\S]*?)```\s*$/, '$1')
    .replace(/^\s*---\n[\s\S]*?\n---\n/, '')
    .replace(/%%\{[\s\S]*?\}%%/g, '')
    .split('\n')
    .map(line => line.replace(/(^|\s)%%.*$/, '').trim())
    .filter(line => line !== '')
}
