import { unionOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { shapeBounds } from '../../shared/shapes/index.ts'
import { FileError } from './error.ts'
import { writable } from './excalidraw/scene.ts'
import type { Imported } from './imported.ts'
import { MermaidError, parseFlowchart } from './mermaid/flowchart.ts'
import { layOut } from './mermaid/lay-out.ts'
import { drawSequence } from './mermaid/sequence.ts'
import { Tally } from './notices.ts'

/** Nodes and lines that are laid out: more would take minutes. */
const MOST = 2_000

/** The diagram that a text of Mermaid describes. Throws a FileError that quotes the line it does not understand. */
export function readMermaid(kind: 'flowchart' | 'sequence', text: string, lineWidth: LineWidth): Imported {
  const tally = new Tally()
  const shapes = writable(
    explained(() => (kind === 'sequence' ? drawSequence(text, lineWidth) : flowchart(text, lineWidth))),
    tally,
  )
  const bounds = unionOf(shapes.map(shape => shapeBounds(shape, lineWidth)))
  return { shapes, bounds, images: new Map(), notices: tally.notices() }
}

function flowchart(text: string, lineWidth: LineWidth) {
  const chart = parseFlowchart(text)
  if (chart.nodes.size + chart.edges.length > MOST) {
    throw new FileError(`This diagram has more than ${MOST} nodes and lines.`, '', 'Split it into several.')
  }
  return layOut(chart, lineWidth)
}

function explained<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof MermaidError)) throw error
    throw new FileError(
      'This part of the Mermaid diagram is not understood:',
      error.message,
      'It is pasted as text.',
    )
  }
}
