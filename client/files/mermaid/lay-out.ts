import { Graph, layout } from '@dagrejs/dagre'
import { type LineWidth, layoutText } from '../../../shared/geometry/text.ts'
import type { Vec } from '../../../shared/geometry/vec.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import { DEFAULT_STROKE } from '../../../shared/shapes/common.ts'
import type { KnownShape } from '../../../shared/shapes/index.ts'
import { pathThrough } from '../../../shared/shapes/path.ts'
import { parseCssColour } from '../css-colour.ts'
import type { Figure, Flowchart, FlowEdge, FlowNode, Subgraph } from './flowchart.ts'

/** World units. */
const FONT_SIZE = 20
const LABEL_WRAP = 220
const PADDING: Vec = [24, 16]
const LEAST: Vec = [60, 48]
const GAP = 50
const RANK_GAP = 60
/** Room for the title of a subgraph above what is in it. */
const TITLE_ROOM = 36

/** World units that a label in a figure takes of it, per axis: the others have corners where no letter stands. */
const ROOM: Readonly<Record<Figure, number>> = {
  box: 1,
  round: 1,
  stadium: 1.15,
  circle: 1.4,
  diamond: 1.9,
  hexagon: 1.3,
  slanted: 1.2,
  store: 1.1,
}

/** The shapes of a flowchart, the bottom one first, under provisional ids. */
export function layOut(chart: Flowchart, lineWidth: LineWidth): readonly KnownShape[] {
  const graph = graphOf(chart, lineWidth)
  layout(graph)
  const ids = new Map([...chart.subgraphs.keys(), ...chart.nodes.keys()].map((name, i) => [name, `m${i}`]))
  const idOf = (name: string): string => ids.get(name) ?? ''
  const outer = [...chart.subgraphs.values()].filter(({ id }) => graph.hasNode(key(id)))
  return [
    // What contains others comes first, so that it lies below.
    ...outer
      .sort((a, b) => depthOf(chart, a) - depthOf(chart, b))
      .map(one => boxOf(one, graph, idOf(one.id))),
    ...chart.edges.flatMap((edge, i) =>
      arrowOf(edge, graph.edge(key(edge.from), key(edge.to), String(i)), idOf, i),
    ),
    ...[...chart.nodes.values()].map(node => figureOf(node, graph.node(key(node.id)), idOf(node.id))),
  ]
}

/** How far a ring of subgraphs, which is none of Mermaid's, is followed. */
const DEEPEST = 50

function depthOf({ subgraphs }: Flowchart, { parent }: Subgraph): number {
  let depth = 0
  for (let at = parent; at !== '' && depth < DEEPEST; at = subgraphs.get(at)?.parent ?? '') depth += 1
  return depth
}

/** No name that every object has: dagre keeps its nodes in plain ones. */
const key = (name: string): string => `n ${name}`

interface Laid {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function graphOf({ direction, nodes, edges, subgraphs }: Flowchart, lineWidth: LineWidth): Graph {
  const graph = new Graph({ multigraph: true, compound: true })
  graph.setGraph({ rankdir: direction, nodesep: GAP, ranksep: RANK_GAP, marginx: 0, marginy: 0 })
  graph.setDefaultEdgeLabel(() => ({}))
  const filled = new Set([...nodes.values(), ...subgraphs.values()].map(({ parent }) => parent))
  for (const { id } of subgraphs.values()) {
    // An empty one is a box like any other.
    graph.setNode(key(id), filled.has(id) ? {} : { width: LEAST[0] * 2, height: LEAST[1] })
  }
  for (const node of nodes.values()) graph.setNode(key(node.id), sizeOf(node, lineWidth))
  for (const { id, parent } of [...nodes.values(), ...subgraphs.values()]) {
    if (parent !== '' && parent !== id && subgraphs.has(parent) && !isWithin(subgraphs, parent, id))
      graph.setParent(key(id), key(parent))
  }
  for (const [i, { from, to, label }] of edges.entries()) {
    // Between a subgraph and another node no way can be found; it is drawn straight.
    if (filled.has(from) || filled.has(to)) continue
    const { w, h } = layoutText(label, 'hand', FONT_SIZE, 0, lineWidth)
    graph.setEdge(
      key(from),
      key(to),
      label === '' ? {} : { width: w + 10, height: h, labelpos: 'c' },
      String(i),
    )
  }
  return graph
}

/** Whether `id` is around `inner`, at any depth. */
function isWithin(subgraphs: ReadonlyMap<string, Subgraph>, inner: string, id: string): boolean {
  let at = inner
  for (let depth = 0; at !== '' && depth < DEEPEST; depth++) {
    if (at === id) return true
    at = subgraphs.get(at)?.parent ?? ''
  }
  return false
}

function sizeOf({ label, figure }: FlowNode, lineWidth: LineWidth): { width: number; height: number } {
  const { w, h } = layoutText(label, 'hand', FONT_SIZE, LABEL_WRAP, lineWidth)
  const width = Math.max(LEAST[0], (w + 2 * PADDING[0]) * ROOM[figure])
  const height = Math.max(LEAST[1], (h + 2 * PADDING[1]) * ROOM[figure])
  return figure === 'circle'
    ? { width: Math.max(width, height), height: Math.max(width, height) }
    : { width, height }
}

const placed = ({ x, y, width, height }: Laid) =>
  ({ pos: [x - width / 2, y - height / 2], size: [width, height] }) as const

const cut = (text: string): string => text.slice(0, LIMITS.textLength)

function boxOf({ id, title }: Subgraph, graph: Graph, shape: string): KnownShape {
  const { pos, size } = placed(graph.node(key(id)) as unknown as Laid)
  return makeShape('rectangle', {
    ...{ id: shape, pos: [pos[0], pos[1] - TITLE_ROOM], size: [size[0], size[1] + TITLE_ROOM] },
    ...{ fill: '#f8f9fa', stroke: '#868e96', dash: 'dashed', corner: 8 },
    ...{ text: cut(title), fontSize: FONT_SIZE, valign: 'top' },
  })
}

function figureOf({ label, figure, fill, stroke }: FlowNode, laid: unknown, id: string): KnownShape {
  const keys = {
    ...{ id, ...placed(laid as Laid), text: cut(label), fontSize: FONT_SIZE },
    fill: parseCssColour(fill) ?? 'transparent',
    stroke: parseCssColour(stroke) ?? DEFAULT_STROKE,
  }
  const height = keys.size[1]
  switch (figure) {
    case 'circle':
      return makeShape('ellipse', keys)
    case 'diamond':
      return makeShape('diamond', keys)
    case 'hexagon':
      return makeShape('hexagon', keys)
    case 'round':
      return makeShape('rectangle', { ...keys, corner: 12 })
    case 'stadium':
      return makeShape('rectangle', { ...keys, corner: height / 2 })
    default:
      return makeShape('rectangle', keys)
  }
}

/** World units by which a way may miss a straight line and still be one. */
const STRAIGHT = 6

function arrowOf(
  { from, to, label, line, tail, head }: FlowEdge,
  laid: unknown,
  idOf: (name: string) => string,
  i: number,
): readonly KnownShape[] {
  const way = ((laid as { points?: readonly { x: number; y: number }[] } | undefined)?.points ?? []).map(
    ({ x, y }): Vec => [x, y],
  )
  const points =
    way.length < 2
      ? ([
          [0, 0],
          [1, 1],
        ] as const)
      : isStraight(way)
        ? [way[0], way[way.length - 1]]
        : way
  return line === 'invisible'
    ? []
    : [
        makeShape('arrow', {
          ...{ id: `e${i}`, ...pathThrough(points as readonly Vec[]), curved: points.length > 2 },
          ...{ start: [idOf(from), 0.5, 0.5], end: [idOf(to), 0.5, 0.5], tail, head },
          ...{ dash: line === 'dotted' ? 'dotted' : 'solid', width: line === 'thick' ? 4 : 2 },
          ...{ text: cut(label), fontSize: FONT_SIZE },
        }),
      ]
}

function isStraight(way: readonly Vec[]): boolean {
  const [a, b] = [way[0] as Vec, way[way.length - 1] as Vec]
  const length = Math.hypot(b[0] - a[0], b[1] - a[1])
  if (length === 0) return false
  return way.every(
    p => Math.abs((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])) / length <= STRAIGHT,
  )
}
