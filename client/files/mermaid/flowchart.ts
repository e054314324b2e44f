import { mermaidLines } from './kind.ts'

export type Figure = 'box' | 'round' | 'stadium' | 'circle' | 'diamond' | 'hexagon' | 'slanted' | 'store'

export interface FlowNode {
  readonly id: string
  label: string
  figure: Figure
  /** The subgraph that it lies in; empty for none. */
  parent: string
  fill: string
  stroke: string
}

export type Tip = 'none' | 'arrow' | 'dot' | 'bar'

export interface FlowEdge {
  readonly from: string
  readonly to: string
  readonly label: string
  readonly line: 'solid' | 'dotted' | 'thick' | 'invisible'
  readonly tail: Tip
  readonly head: Tip
}

export interface Subgraph {
  readonly id: string
  readonly title: string
  readonly parent: string
}

export interface Flowchart {
  readonly direction: 'TB' | 'BT' | 'LR' | 'RL'
  readonly nodes: ReadonlyMap<string, FlowNode>
  readonly edges: readonly FlowEdge[]
  readonly subgraphs: ReadonlyMap<string, Subgraph>
}

/** Where the text cannot be understood. */
export class MermaidError extends Error {}

/** Reads the text of a flowchart. Throws a MermaidError that quotes the line it does not understand. */
export function parseFlowchart(text: string): Flowchart {
  const [head = '', ...lines] = mermaidLines(text)
  const [, direction = 'TB'] = /^(?:graph|flowchart)(?:-elk)?\s+(TB|TD|BT|LR|RL)/.exec(head) ?? []
  const reader = new Reader()
  const first = head.includes(';') ? [head.slice(head.indexOf(';') + 1)] : []
  for (const line of [...first, ...lines]) for (const statement of statements(line)) reader.read(statement)
  const { nodes, edges, subgraphs } = reader
  return {
    direction: (direction === 'TD' ? 'TB' : direction) as Flowchart['direction'],
    nodes,
    edges,
    subgraphs,
  }
}

/** At semicolons, but for those in quotes and brackets. */
const statements = (line: string): readonly string[] =>
  (line.match(/(?:"[^"]*"|\|[^|]*\||\[[^\]]*\]|[^;])+/g) ?? []).map(part => part.trim()).filter(Boolean)

/** What says how things look or behave and is not shown here. */
const IGNORED = /^(linkStyle|click|direction|accTitle|accDescr)\b/

class Reader {
  readonly nodes = new Map<string, FlowNode>()
  readonly edges: FlowEdge[] = []
  readonly subgraphs = new Map<string, Subgraph>()
  readonly #open: string[] = []
  readonly #classes = new Map<string, Colours>()

  read(statement: string): void {
    if (IGNORED.test(statement)) return
    if (/^subgraph\b/.test(statement)) return this.#begin(statement.slice('subgraph'.length).trim())
    if (statement === 'end') return void this.#open.pop()
    if (/^(classDef|style|class)\s/.test(statement)) return this.#look(statement)
    this.#chain(statement)
  }

  #begin(rest: string): void {
    const [, id = '', title] = /^([^\s["]+)\s*\[(.*)\]$/.exec(rest) ?? []
    const name = id || plain(rest) || `subgraph-${this.subgraphs.size}`
    this.subgraphs.set(name, { id: name, title: plain(title ?? rest), parent: this.#open.at(-1) ?? '' })
    this.#open.push(name)
  }

  #look(statement: string): void {
    const [, word, names = '', rest = ''] = /^(\w+)\s+(\S+)\s*(.*)$/.exec(statement) ?? []
    for (const name of names.split(',')) {
      if (word === 'classDef') this.#classes.set(name, coloursOf(rest))
      else if (word === 'style') this.#paint(name, coloursOf(rest))
      else this.#paint(name, this.#classes.get(rest.trim()))
    }
  }

  #paint(id: string, colours: Colours | undefined): void {
    const node = this.nodes.get(id)
    if (node && colours) Object.assign(node, colours)
  }

  #chain(statement: string): void {
    const scan = new Scan(statement)
    let from = this.#nodes(scan)
    while (!scan.isDone) {
      const link = linkAt(scan)
      if (!link) throw scan.error()
      const to = this.#nodes(scan)
      for (const a of from) for (const b of to) this.edges.push({ from: a, to: b, ...link })
      from = to
    }
  }

  /** One or several, joined by `&`. */
  #nodes(scan: Scan): readonly string[] {
    const ids = [this.#node(scan)]
    while (scan.take(/\s*&\s*/y)) ids.push(this.#node(scan))
    return ids
  }

  #node(scan: Scan): string {
    // A hyphen may stand in an id, but not begin a link.
    const id = scan.take(/\s*((?:[\p{L}\p{N}_.]|-(?![-.=>]))+)/uy)?.[1]
    if (id === undefined) throw scan.error()
    const body = bodyAt(scan)
    const className = scan.take(/:::([\w-]+)/y)?.[1]
    scan.take(/\s+/y)
    if (this.subgraphs.has(id) && !body) return id
    const node = this.nodes.get(id) ?? {
      ...{ id, label: id, figure: 'box' as const, fill: '', stroke: '' },
      parent: this.#open.at(-1) ?? '',
    }
    if (body) Object.assign(node, body)
    if (node.parent === '') node.parent = this.#open.at(-1) ?? ''
    this.nodes.set(id, node)
    if (className !== undefined) this.#paint(id, this.#classes.get(className))
    return id
  }
}

interface Colours {
  readonly fill?: string
  readonly stroke?: string
}

function coloursOf(style: string): Colours {
  const [, fill] = /(?:^|,)\s*fill\s*:\s*([^,;]+)/.exec(style) ?? []
  const [, stroke] = /(?:^|,)\s*stroke\s*:\s*([^,;]+)/.exec(style) ?? []
  return { ...(fill !== undefined && { fill }), ...(stroke !== undefined && { stroke }) }
}

/** A text that is read from its start on. */
class Scan {
  #at = 0
  constructor(private readonly text: string) {}

  get isDone(): boolean {
    return this.#at >= this.text.length
  }

  /** The match of a sticky pattern here, after which it goes on. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.text)
    if (match) this.#at += match[0].length
    return match
  }

  error(): MermaidError {
    return new MermaidError(`“${this.text.slice(this.#at, this.#at + 30)}” in “${this.text.slice(0, 80)}”`)
  }
}

/** What may stand around the label of a node; longer brackets before those that they begin with. */
const BODIES: readonly (readonly [RegExp, Figure])[] = [
  [/\(\(\(("[^"]*"|[\s\S]*?)\)\)\)/y, 'circle'],
  [/\(\(("[^"]*"|[\s\S]*?)\)\)/y, 'circle'],
  [/\(\[("[^"]*"|[\s\S]*?)\]\)/y, 'stadium'],
  [/\[\(("[^"]*"|[\s\S]*?)\)\]/y, 'store'],
  [/\[\[("[^"]*"|[\s\S]*?)\]\]/y, 'box'],
  [/\[[/\\]("[^"]*"|[\s\S]*?)[/\\]\]/y, 'slanted'],
  [/\[("[^"]*"|[\s\S]*?)\]/y, 'box'],
  [/\(("[^"]*"|[\s\S]*?)\)/y, 'round'],
  [/\{\{("[^"]*"|[\s\S]*?)\}\}/y, 'hexagon'],
  [/\{("[^"]*"|[\s\S]*?)\}/y, 'diamond'],
  [/>("[^"]*"|[\s\S]*?)\]/y, 'box'],
]

/** The names of figures in the newer form, `id@{ shape: diam, label: "..." }`. */
const NAMED: ReadonlyMap<string, Figure> = new Map(
  Object.entries({
    rounded: 'round',
    event: 'round',
    stadium: 'stadium',
    terminal: 'stadium',
    pill: 'stadium',
    circle: 'circle',
    circ: 'circle',
    'dbl-circ': 'circle',
    diam: 'diamond',
    diamond: 'diamond',
    decision: 'diamond',
    hex: 'hexagon',
    hexagon: 'hexagon',
    'lean-r': 'slanted',
    'lean-l': 'slanted',
    cyl: 'store',
    database: 'store',
    db: 'store',
  } as const),
)

function bodyAt(scan: Scan): Partial<FlowNode> | undefined {
  const data = scan.take(/@\{([^}]*)\}/y)?.[1]
  if (data !== undefined) {
    const [, quoted, bare] = /label\s*:\s*(?:"([^"]*)"|([^,]+))/.exec(data) ?? []
    const [, shape = ''] = /shape\s*:\s*([\w-]+)/.exec(data) ?? []
    const label = quoted ?? bare
    return { figure: NAMED.get(shape) ?? 'box', ...(label !== undefined && { label: plain(label) }) }
  }
  for (const [pattern, figure] of BODIES) {
    const match = scan.take(pattern)
    if (match) return { label: plain(match[1] ?? ''), figure }
  }
  return undefined
}

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  apos: "'",
}

/** A label without its quotes, marks of HTML, and codes for characters. */
export const plain = (label: string): string =>
  label
    .trim()
    .replace(/^"([\s\S]*)"$/, '$1')
    .replace(/^`([\s\S]*)`$/, '$1')
    .replace(/<br\s*\/?>|\\n/gi, '\n')
    .replace(/<\/?[a-z][^>]{0,200}>/gi, '')
    .replace(/#(\d{1,7});/g, (whole, code) =>
      Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : whole,
    )
    .replace(/[#&](\w+);/g, (whole, name) => ENTITIES[name] ?? whole)
    .trim()

type Link = Pick<FlowEdge, 'label' | 'line' | 'tail' | 'head'>

const PLAIN_LINK =
  /\s*(<|[ox](?=[-=]))?(-{2,}(?=[>ox])|-{3,}|={2,}(?=[>ox])|={3,}|-\.+-|~{3,})(>|[ox](?=[\s|]|$))?/y
const WORDED_LINK =
  /\s*(<|[ox](?=[-=]))?(--|==|-\.)\s*([^\s>|=.-][^|]*?)\s*(-{2,}|={2,}|\.+-)(>|[ox](?=[\s|]|$))?/y

function linkAt(scan: Scan): Link | undefined {
  const straight = scan.take(PLAIN_LINK)
  if (straight) {
    const label = scan.take(/\s*\|([^|]*)\|/y)?.[1] ?? ''
    return linkOf(straight[1], straight[2] ?? '', straight[3], label)
  }
  const worded = scan.take(WORDED_LINK)
  return worded ? linkOf(worded[1], worded[2] ?? '', worded[5], worded[3] ?? '') : undefined
}

const linkOf = (tail: string | undefined, line: string, head: string | undefined, label: string): Link => ({
  label: plain(label),
  line: line.startsWith('~')
    ? 'invisible'
    : line.startsWith('=')
      ? 'thick'
      : line.includes('.')
        ? 'dotted'
        : 'solid',
  tail: tipOf(tail),
  head: tipOf(head),
})

const tipOf = (mark: string | undefined): Tip =>
  mark === '<' || mark === '>' ? 'arrow' : mark === 'o' ? 'dot' : mark === 'x' ? 'bar' : 'none'
