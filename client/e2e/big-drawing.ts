import * as Y from 'yjs'
import type { Shape } from '../../shared/shapes/index.ts'
import { DocBoard } from '../board/doc-board.ts'

/** An Excalidraw file of `count` rectangles, each with a label. */
export function bigDrawing(count: number): string {
  const columns = Math.ceil(Math.sqrt(count))
  const elements = Array.from({ length: count }, (_, i) => {
    const place = {
      x: (i % columns) * 180 + (i % 7) * 0.37,
      y: Math.floor(i / columns) * 120 + (i % 5) * 0.61,
    }
    const strokeColor = `#${(0x100000 + i).toString(16)}`
    return [
      { id: `r${i}`, type: 'rectangle', ...place, width: 140.5, height: 80.25, strokeColor, strokeWidth: 1 },
      {
        id: `t${i}`,
        type: 'text',
        ...place,
        width: 100,
        height: 25,
        containerId: `r${i}`,
        text: `Label number ${i} of this large board`,
        fontSize: 16,
        strokeColor,
      },
    ]
  }).flat()
  return JSON.stringify({ type: 'excalidraw', version: 2, elements })
}

/** Bytes of a document that holds these shapes. */
export function documentBytes(shapes: readonly Shape[]): number {
  const doc = new Y.Doc()
  const board = new DocBoard(doc)
  board.transact(
    shapes.flatMap(shape => (shape.type === 'unreadable' ? [] : [{ op: 'create' as const, shape }])),
  )
  return Y.encodeStateAsUpdate(doc).length
}
