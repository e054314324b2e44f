import type { LineWidth } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import type { KnownShape, ShapeId } from '../../shared/shapes/index.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import type { Board, BoardDiff, Edit } from '../board/board.ts'
import type { CommandTarget, CommitOptions, ImageKeeper, Panels, TextClipboard } from './actions.ts'
import { clampCamera } from './camera.ts'
import type { Command } from './commands/command.ts'
import { commandsFor } from './commands/index.ts'
import { Commits } from './commits.ts'
import { Duplicator } from './duplicator.ts'
import { INITIAL_STATE, isSameSet, NOTHING, withoutShapes } from './editor-state.ts'
import { type PresenceState, presenceState, type User } from './presence-state.ts'
import { knownShape, knownShapes, previewWithout } from './preview.ts'
import { EditorScene } from './scene.ts'
import { ShapeIndex } from './shape-index.ts'
import { Store } from './store.ts'
import { styleEdits } from './style.ts'
import { TextSession } from './text-session.ts'
import { ToolDriver } from './tool-driver.ts'
import { writes } from './tool-names.ts'
import { targetAt } from './tools/select.ts'
import type {
  Camera,
  EditorState,
  Effect,
  Peer,
  Preview,
  ReviewMarks,
  Settings,
  Style,
  TextRange,
  ToolEvent,
  ToolName,
  Tools,
} from './types.ts'

export interface EditorOptions {
  readonly board: Board
  readonly lineWidth: LineWidth
  readonly tools: Tools
  newId(): string
  /** Milliseconds. */
  now(): number
  /** Absent where the browser gives none; copying by the keyboard works without. */
  readonly clipboard?: TextClipboard | undefined
  readonly images?: ImageKeeper | undefined
  readonly panels?: Panels | undefined
}

/**
 * The headless editor: it passes events to the tool in use, carries out the effects, and holds what panels and the
 * renderer show. Invariants:
 * 1. `state` is replaced, never changed; subscribers are told once after each call that changed it or the board.
 * 2. What `selection`, `hovered`, `editing` and `preview` name is on the board and readable, except for what is being created.
 * 3. A tool at rest has no preview; a gesture is committed by one transaction, at its end.
 * 4. A read-only board is never written, nor does a tool, a text being typed or a preview promise that it would be.
 */
export class Editor implements CommandTarget {
  readonly board: Board
  readonly lineWidth: LineWidth
  readonly clipboard: TextClipboard | undefined
  readonly images: ImageKeeper | undefined
  readonly tools: Tools
  readonly panels: Panels | undefined
  readonly commands: readonly Command[]
  readonly newId: () => string
  readonly #store = new Store<EditorState>(INITIAL_STATE)
  readonly #commits: Commits
  readonly #index: ShapeIndex
  readonly #scene: EditorScene
  readonly #driver: ToolDriver
  readonly #text: TextSession
  readonly #duplicator: Duplicator
  readonly #stop: () => void
  /** Where the pointer was last (world space), beside the state: a move over an empty board redraws nothing. */
  readonly #pointer = new Store<{ readonly at: Vec; readonly isOver: boolean }>({ at: [0, 0], isOver: false })
  /** Counts gestures, so that others can tell one from the next. */
  #gesture = 0
  #wasReadOnly: boolean

  constructor({ board, lineWidth, tools, newId, now, clipboard, images, panels }: EditorOptions) {
    this.tools = tools
    this.panels = panels
    this.commands = commandsFor(tools)
    this.board = board
    this.lineWidth = lineWidth
    this.clipboard = clipboard
    this.images = images
    this.newId = newId
    this.#commits = new Commits(board, now)
    this.#index = new ShapeIndex(board, lineWidth)
    this.#scene = new EditorScene(this, this.#index, newId)
    this.#driver = new ToolDriver(tools, this.#scene, effect => this.#carryOut(effect))
    this.#text = new TextSession(this, this.#store)
    this.#duplicator = new Duplicator(this.#scene)
    this.#wasReadOnly = this.#isReadOnly
    this.#stop = board.subscribe(diff => this.#store.batch(() => this.#follow(diff)))
  }

  destroy(): void {
    this.#stop()
  }

  get state(): EditorState {
    return this.#store.state
  }

  get selected(): readonly KnownShape[] {
    return knownShapes(this.board, this.state.selection)
  }

  get #isReadOnly(): boolean {
    return this.board.readOnly !== undefined
  }

  subscribe(listener: () => void): () => void {
    return this.#store.subscribe(listener)
  }

  /** Called after the pointer moved or left, which `outgoingPresence` tells of. */
  subscribePointer(listener: () => void): () => void {
    return this.#pointer.subscribe(listener)
  }

  get #at(): Vec {
    return this.#pointer.state.at
  }

  get #isOver(): boolean {
    return this.#pointer.state.isOver
  }

  readonly members = (group: string): ReadonlySet<ShapeId> => this.#index.members(group)

  /** What the select tool takes hold of at `at` (world space): the selection, or what a click there would select. */
  targetAt(at: Vec): ReadonlySet<ShapeId> {
    return targetAt(this.#scene, at)
  }

  /** A pointer or modifier event on the canvas. */
  handle(event: ToolEvent): void {
    this.#pointer.batch(() =>
      this.#act(() => {
        if (event.type === 'down') {
          this.#text.end()
          this.#gesture += 1
        }
        if ('at' in event) this.#pointer.set({ at: inWorld(event.at), isOver: true })
        this.#driver.step('at' in event ? { ...event, at: this.#at } : event)
      }),
    )
  }

  /** Outlines shapes that something beside the canvas speaks of, until the pointer is back; none takes that back. */
  pointOut(ids: Iterable<ShapeId>): void {
    this.#store.set({ hovered: new Set([...ids].filter(id => this.board.shapes.has(id))) })
  }

  /** The pointer left the canvas. */
  leave(): void {
    this.#pointer.set({ isOver: false })
    this.#store.set({ hovered: NOTHING })
  }

  use(tool: ToolName): void {
    if (!this.#driver.has(tool) || (writes(tool) && this.#isReadOnly)) return
    this.#act(() => {
      this.#text.end()
      this.#driver.settle()
      if (writes(tool)) this.#setSelection([])
      this.#choose(tool)
    })
  }

  /** Uses `tool` until `giveBack`, for one gesture. Returns false while another gesture is under way. */
  borrow(tool: 'hand' | 'eraser'): boolean {
    let isLent = false
    this.#act(() => {
      isLent = this.#driver.borrow(tool)
    })
    return isLent
  }

  /** Ends what `borrow` began. A gesture in progress is cancelled. */
  giveBack(): void {
    this.#act(() => this.#driver.giveBack())
  }

  select(ids: Iterable<ShapeId>): void {
    this.#act(() => this.#setSelection(ids))
  }

  look(camera: Camera): void {
    this.#store.set({ camera: clampCamera(camera, this.state.viewport) })
  }

  /** CSS pixels. */
  resize(viewport: { readonly w: number; readonly h: number }): void {
    this.#store.set({ viewport, camera: clampCamera(this.state.camera, viewport) })
  }

  setPeers(peers: ReadonlyMap<number, Peer>): void {
    this.#store.set({ peers })
  }

  /** Changes how the person works on this device. */
  set(settings: Partial<Settings>): void {
    this.#store.set({ settings: { ...this.state.settings, ...settings } })
  }

  markReview(review: ReviewMarks | null): void {
    this.#store.set({ review })
  }

  /** Gives the selection this style, in one transaction, and the next shape too. */
  setStyle(patch: Partial<Style>): void {
    this.#store.batch(() => {
      this.#store.set({ style: { ...this.state.style, ...patch } })
      this.#text.restyle(patch)
      this.commit(styleEdits(this.selected, patch), { joinsWith: `style ${Object.keys(patch).join(' ')}` })
    })
  }

  /** Applies `edits` as one transaction and one undo step. Does nothing on a read-only board. */
  commit(edits: readonly Edit[], options: CommitOptions = {}): void {
    if (edits.length === 0 || this.#isReadOnly) return
    this.#store.batch(() => this.#commits.write(edits, this.state.selection, options))
  }

  undo(): void {
    this.#travel(() => this.board.undo())
  }

  redo(): void {
    this.#travel(() => this.board.redo())
  }

  /** Copies the selection. Repeated, each copy lies from the last as that one, once moved, lies from its original. */
  duplicate(): void {
    if (this.#isReadOnly || this.selected.length === 0) return
    const copies = this.#duplicator.copiesOf(this.selected)
    this.#act(() => {
      this.commit(copies.map(shape => ({ op: 'create', shape })))
      this.#setSelection(copies.map(shape => shape.id))
    })
  }

  /** Ends typing, else the gesture, else the selection, else the use of another tool. */
  escape(): void {
    this.#act(() => {
      if (this.state.editing !== null) this.#text.end()
      else if (this.#driver.isBusy) this.#driver.settle()
      else if (this.state.selection.size > 0) this.#setSelection([])
      else this.#choose('select')
    })
  }

  /** Ends a line that is being placed click by click, and keeps it; else opens the text of the one selected shape. */
  finish(): void {
    const [only, ...others] = this.selected
    if (this.#driver.isAtRest && only && others.length === 0) this.edit(only.id)
    else this.handle({ type: 'finish' })
  }

  /** Opens the text of a shape for typing. */
  edit(id: ShapeId): void {
    const shape = knownShape(this.board, id)
    if (!shape || !('text' in shape) || this.#isReadOnly) return
    this.#store.batch(() => this.#text.begin(id))
  }

  /** Makes `value` the whole text of the shape being edited, as far as one shape can hold it, typed up to `caret`. */
  typeText(value: string, caret?: number): void {
    this.#store.batch(() => this.#text.type(value, caret))
  }

  /** Notes where the caret is in the text being edited. */
  placeCaret(caret: TextRange): void {
    this.#text.placeCaret(caret)
  }

  /** Where the caret belongs by now, whatever others have typed since it was placed. */
  get caret(): TextRange | undefined {
    return this.#text.caret
  }

  /** Ends typing. A text without a character is removed, as part of the same undo step. */
  endEdit(): void {
    this.#store.batch(() => this.#text.end())
  }

  /** Whether the command would do anything now. Throws a RangeError for an id that is none. */
  canRun(commandId: string): boolean {
    return this.#command(commandId).enabled(this)
  }

  run(commandId: string): void {
    const command = this.#command(commandId)
    if (command.enabled(this)) this.#store.batch(() => command.run(this))
  }

  /** What others are to see of this person now. */
  outgoingPresence(user: User): PresenceState {
    return presenceState(user, this.state, this.#isOver ? this.#at : null, this.#gesture)
  }

  /** The fonts have become ready: texts have other widths than were measured before. */
  remeasure(): void {
    this.#index.remeasure()
    this.#scene.invalidate()
    this.#store.tell()
  }

  #command(id: string): Command {
    const command = this.commands.find(known => known.id === id)
    if (!command) throw new RangeError(`There is no command "${id}".`)
    return command
  }

  #carryOut(effect: Effect): void {
    switch (effect.do) {
      case 'preview':
        return this.#setPreview(effect.preview)
      case 'commit':
        return this.commit(effect.edits, effect.options)
      case 'select':
        return this.#setSelection(effect.ids)
      case 'use':
        return this.#choose(effect.tool)
      case 'look':
        return this.look(effect.camera)
      case 'guide':
        return this.#store.set({ guides: effect.guides })
      case 'point-out':
        return this.pointOut(effect.ids)
      case 'edit':
        return this.edit(effect.id)
      case 'draft':
        return this.#isReadOnly ? undefined : this.#text.draft(effect.shape)
      default:
        return unreachable(effect)
    }
  }

  #setPreview(preview: Preview | null): void {
    const isPromise = preview !== null && preview.kind !== 'marquee'
    // Another may have removed shapes that a drag here still holds.
    const shown = preview && previewWithout(preview, id => !knownShape(this.board, id))
    const next = isPromise && this.#isReadOnly ? null : shown
    this.#store.set(next ? { preview: next } : { preview: null, guides: [] })
  }

  #choose(tool: ToolName): void {
    this.#driver.choose(tool)
    this.#store.set({ tool })
  }

  #setSelection(ids: Iterable<ShapeId>): void {
    const next = new Set(Array.from(ids).filter(id => knownShape(this.board, id)))
    if (!isSameSet(next, this.state.selection)) this.#store.set({ selection: next })
  }

  #travel(go: () => void): void {
    this.#act(() => {
      this.#text.end()
      this.#driver.settle()
      this.#commits.part()
      go()
    })
  }

  /** Does `work`, after which the pointer may be over something else. */
  #act(work: () => void): void {
    this.#store.batch(() => {
      work()
      this.#store.set({ cursor: this.#driver.cursor(this.#at) })
      const hovered = this.#hovered()
      if (!isSameSet(hovered, this.state.hovered)) this.#store.set({ hovered })
    })
  }

  #hovered(): ReadonlySet<ShapeId> {
    const { tool, editing, selection } = this.state
    const canSelect = tool === 'select' && editing === null && this.#isOver && this.#driver.isAtRest
    const target = canSelect ? this.targetAt(this.#at) : NOTHING
    return target === selection ? NOTHING : target
  }

  /** Ends whatever would write: the board has just become read-only. */
  #putDown(): void {
    this.#act(() => {
      this.#text.end()
      this.#driver.settle()
      if (writes(this.state.tool)) this.#choose('select')
      this.#setPreview(null)
    })
  }

  /** Brings index and state in step with a transaction of the board. */
  #follow(diff: BoardDiff): void {
    this.#index.apply(diff)
    this.#scene.invalidate()
    this.#store.tell()
    if (this.#isReadOnly && !this.#wasReadOnly) this.#putDown()
    this.#wasReadOnly = this.#isReadOnly
    const gone = new Set<ShapeId>()
    for (const [id, { after }] of diff.shapes) if (!after || after.type === 'unreadable') gone.add(id)
    if (gone.size === 0) return
    this.#store.set(withoutShapes(this.state, id => gone.has(id)))
  }
}

/** A point within the coordinates that a document may hold. */
const inWorld = ([x, y]: Vec): Vec => [clamp(x), clamp(y)]

const clamp = (n: number): number => Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate, n))
