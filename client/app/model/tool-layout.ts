import { writes } from '../../editor/tool-names.ts'
import type { ToolName } from '../../editor/types.ts'
import type { AppTool } from '../app-editor.ts'

/** Where the tools of a toolbar stand. */
export interface ToolLayout {
  /** From left to right; a gap stands between the groups. */
  readonly bar: readonly (readonly AppTool[])[]
  /** The tool of the drawer that was used last, which has a button of its own. */
  readonly recent: AppTool | undefined
  readonly drawer: readonly { readonly title: string; readonly tools: readonly AppTool[] }[]
}

/** What a phone has room for, the tools that fingers use most; the others are in the drawer. */
const ON_PHONES: ReadonlySet<ToolName> = new Set(['select', 'rectangle', 'arrow', 'ink', 'text', 'eraser'])
/** Two fingers move the board. */
const NOT_ON_PHONES: ReadonlySet<ToolName> = new Set(['hand'])

/** `recent` is a tool that may be in the drawer; another one than that, or none, is no reason to show it. */
export function toolLayout(
  tools: readonly AppTool[],
  isNarrow: boolean,
  recent: ToolName | undefined,
): ToolLayout {
  const inBar = ({ name, place }: AppTool) => (isNarrow ? ON_PHONES.has(name) : place === 'bar')
  const drawn = tools.filter(tool => !inBar(tool) && !(isNarrow && NOT_ON_PHONES.has(tool.name)))
  const figures = drawn.filter(({ place }) => place !== 'more')
  const more = drawn.filter(({ place }) => place === 'more')
  return {
    bar: grouped(tools.filter(inBar)),
    recent: drawn.find(({ name }) => name === recent) ?? figures[0] ?? more[0],
    drawer: [
      { title: 'Figures', tools: figures },
      { title: 'More tools', tools: more },
    ].filter(section => section.tools.length > 0),
  }
}

/** Tools to look around with, and tools to draw with. */
function grouped(tools: readonly AppTool[]): readonly (readonly AppTool[])[] {
  const looking = tools.filter(({ name }) => !writes(name))
  const drawing = tools.filter(({ name }) => writes(name))
  return [looking, drawing].filter(group => group.length > 0)
}

/** The digit that a tool's button shows. */
export const digitOf = (keys: readonly string[]): string | undefined => keys.find(key => /^\d$/.test(key))
