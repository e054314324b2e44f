import type { Vec } from '../../../shared/geometry/vec.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import type { KnownShape, Shape, ShapeOf, ShapeType } from '../../../shared/shapes/index.ts'
import { BoundBoard } from '../../board/bound-board.ts'
import { DocBoard } from '../../board/doc-board.ts'
import { newDocument } from '../../board/document.ts'
import { TOOLS } from '../../shapes/index.ts'
import { toScreen } from '../camera.ts'
import { Editor } from '../editor.ts'
import { selectionFrame } from '../selection-frame.ts'
import type { Modifiers, SelectionFrame, ToolEvent } from '../types.ts'

const NO_MODIFIERS: Modifiers = { shift: false, alt: false, ctrl: false }

type Pointer = Extract<ToolEvent, { readonly type: 'down' }>['pointer']

interface Press {
  readonly clicks?: number
  readonly pointer?: Pointer
  readonly pressure?: number | null
  readonly modifiers?: Partial<Modifiers>
}

/** An editor on a real board, with a hand that moves its pointer in world space. */
export class Rig {
  readonly doc = newDocument()
  readonly board = new DocBoard(this.doc)
  /** The board as the editor has it: arrows are where they are seen. */
  readonly bound = new BoundBoard(this.board, line => line.length * 0.5)
  time = 0
  /** What the system's clipboard holds; null while the person refuses it. */
  clipboardText: string | null = ''
  #ids = 0
  readonly editor = new Editor({
    board: this.bound,
    lineWidth: line => line.length * 0.5,
    tools: TOOLS,
    newId: () => `id${this.#ids++}`,
    now: () => this.time,
    clipboard: {
      readText: async () => this.clipboardText ?? Promise.reject(new Error('refused')),
      writeText: async text => {
        if (this.clipboardText === null) throw new Error('refused')
        this.clipboardText = text
      },
    },
  })

  constructor(...shapes: readonly KnownShape[]) {
    this.editor.resize({ w: 800, h: 600 })
    // What tests move lies where they say; those of snapping turn it on.
    this.editor.set({ snapping: false })
    if (shapes.length > 0) this.board.transact(shapes.map(shape => ({ op: 'create', shape })))
  }

  /** The shapes, bottom first. */
  get shapes(): readonly Shape[] {
    return [...this.bound.ordered]
  }

  get selection(): readonly string[] {
    return [...this.editor.state.selection].sort()
  }

  /** The frame around the selection as it is drawn. */
  shownFrame(): SelectionFrame | null {
    return selectionFrame(this.editor)
  }

  shape<T extends ShapeType>(type: T, id?: string): ShapeOf<T> {
    const found = this.shapes.find(shape => shape.type === type && (id === undefined || shape.id === id))
    if (!found) throw new Error(`There is no ${type} ${id ?? ''} on the board.`)
    return found as ShapeOf<T>
  }

  down(at: Vec, { clicks = 1, pointer = 'mouse', pressure = null, modifiers }: Press = {}): void {
    this.editor.handle({
      type: 'down',
      ...{ at, screen: this.#screen(at), pointer, clicks, pressure },
      modifiers: { ...NO_MODIFIERS, ...modifiers },
    })
  }

  move(at: Vec, { modifiers, pressure = null }: Press = {}): void {
    this.editor.handle({
      type: 'move',
      ...{ at, screen: this.#screen(at), samples: [{ at, pressure }] },
      modifiers: { ...NO_MODIFIERS, ...modifiers },
    })
  }

  up(at: Vec, { modifiers }: Press = {}): void {
    this.editor.handle({
      type: 'up',
      ...{ at, screen: this.#screen(at) },
      modifiers: { ...NO_MODIFIERS, ...modifiers },
    })
  }

  cancel(): void {
    this.editor.handle({ type: 'cancel' })
  }

  click(at: Vec, press: Press = {}): void {
    this.down(at, press)
    this.up(at, press)
  }

  doubleClick(at: Vec): void {
    this.click(at)
    this.click(at, { clicks: 2 })
  }

  drag(from: Vec, to: Vec, press: Press = {}): void {
    this.down(from, press)
    this.move([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], press)
    this.move(to, press)
    this.up(to, press)
  }

  #screen(at: Vec): Vec {
    return toScreen(this.editor.state.camera, at)
  }
}

/** A filled rectangle of 100 by 50, unless `given` says otherwise. */
export const box = (id: string, given: Partial<ShapeOf<'rectangle'>> = {}): KnownShape =>
  makeShape('rectangle', { id, z: 'a0', pos: [0, 0], size: [100, 50], fill: '#ffffff', ...given })
