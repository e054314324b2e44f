import type { LineWidth } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { KnownShape, ShapeId } from '../../shared/shapes/index.ts'
import type { Board, BoardDiff, Edit } from '../board/board.ts'
import type { CommandTarget, CommitOptions, Surroundings } from './actions.ts'
import { clampCamera, visibleBox } from './camera.ts'
import type { Command } from './commands/command.ts'
import { CommandList } from './commands/list.ts'
import { Commits } from './commits.ts'
import { Duplicator } from './duplicator.ts'
import { INITIAL_STATE, NOTHING, withoutShapes } from './editor-state.ts'
import { outermost, withContents } from './frames.ts'
import type { KeyMap } from './key-map.ts'
import { PointerTrail } from './pointer-trail.ts'
import { type PresenceState, presenceState, type User } from './presence-state.ts'
import { knownShape, knownShapes } from './preview.ts'
import { EditorScene } from './scene.ts'
import { ShapeIndex } from './shape-index.ts'
import { Store } from './store.ts'
import { styleEdits } from './style.ts'
import { Surrounded } from './surrounded.ts'
import { isTyped } from './text-edit.ts'
import { TextSession } from './text-session.ts'
import { ToolUse } from './tool-use.ts'
import { lockedAt, targetAt } from './tools/select.ts'
import type {
  Camera,
  EditorState,
  Peer,
  ReviewMarks,
  Settings,
  Style,
  ToolEvent,
  ToolName,
  Tools,
} from './types.ts'

interface EditorOptions extends Partial<Surroundings> {
  readonly board: Board
  readonly lineWidth: LineWidth
  readonly tools: Tools
  newId(): string
  /** Milliseconds. */
  now(): number
}

/**
 * The headless editor: what panels and the renderer show, and all that can be done on the board. Invariants, beside those
 * of `ToolUse`:
 * 1. `state` is replaced, never changed; subscribers are told once after each call that changed it or the board.
 * 2. A gesture is committed by one transaction, at its end.
 * 3. A read-only board is never written, nor what is locked on any board.
 */
export class Editor extends Surrounded implements CommandTarget {
  readonly board: Board
  readonly lineWidth: LineWidth
  readonly tools: Tools
  readonly newId: () => string
  /** Typing into the shape that is being edited. */
  readonly text: TextSession
  copiedStyle: Partial<Style> | null = null
  readonly #store = new Store<EditorState>(INITIAL_STATE)
  readonly #pointer = new PointerTrail()
  readonly #commandList: CommandList
  readonly #commits: Commits
  readonly #index: ShapeIndex
  readonly #scene: EditorScene
  readonly #use: ToolUse
  readonly #duplicator: Duplicator
  readonly #stop: () => void
  readonly #stopPages: (() => void) | undefined
  #wasReadOnly: boolean

  constructor({ board, lineWidth, tools, newId, now, ...around }: EditorOptions) {
    super(around)
    this.board = board
    this.lineWidth = lineWidth
    this.tools = tools
    this.newId = newId
    this.#commandList = new CommandList(tools)
    this.#commits = new Commits(board, now, lineWidth)
    this.#index = new ShapeIndex(board, lineWidth)
    this.#scene = new EditorScene(this, this.#index, newId)
    this.text = new TextSession(this, this.#store)
    this.#use = new ToolUse(this, { store: this.#store, scene: this.#scene, pointer: this.#pointer, tools })
    this.#duplicator = new Duplicator(this.#scene)
    this.#wasReadOnly = this.isReadOnly
    this.#stop = board.subscribe(diff => this.#store.batch(() => this.#follow(diff)))
    this.#stopPages = this.pages && this.#use.followPages(this.pages)
  }

  destroy(): void {
    this.#stop()
    this.#stopPages?.()
  }

  get state(): EditorState {
    return this.#store.state
  }

  get selected(): readonly KnownShape[] {
    return knownShapes(this.board, this.state.selection)
  }

  get pointer(): Vec | null {
    return this.#pointer.over
  }

  get isReadOnly(): boolean {
    return this.board.readOnly !== undefined
  }

  get commands(): readonly Command[] {
    return this.#commandList.all
  }

  subscribe(listener: () => void): () => void {
    return this.#store.subscribe(listener)
  }

  /** Called after the pointer moved or left, which `outgoingPresence` tells of. */
  subscribePointer(listener: () => void): () => void {
    return this.#pointer.subscribe(listener)
  }

  readonly members = (group: string): ReadonlySet<ShapeId> => this.#index.members(group)

  /**
   * What the select tool takes hold of at `at` (world space): the selection, or what a click there would select. A menu, by
   * which shapes are unlocked, finds locked ones `orLocked`, too.
   */
  targetAt(at: Vec, orLocked = false): ReadonlySet<ShapeId> {
    const target = targetAt(this.#scene, at)
    return orLocked && target.size === 0 ? lockedAt(this.#scene, at) : target
  }

  seesContent(): boolean {
    return this.#index.isAnythingIn(visibleBox(this.state.camera, this.state.viewport))
  }

  /** A pointer or modifier event on the canvas. */
  handle(event: ToolEvent): void {
    this.#use.handle(event)
  }

  /** Outlines shapes that something beside the canvas speaks of, until the pointer is back; none takes that back. */
  pointOut(ids: Iterable<ShapeId>): void {
    this.#store.set({ hovered: new Set([...ids].filter(id => this.board.shapes.has(id))) })
  }

  /** The pointer left the canvas. */
  leave(): void {
    this.#pointer.leave()
    this.#store.set({ hovered: NOTHING })
  }

  use(tool: ToolName): void {
    this.#use.use(tool)
  }

  /** Uses `tool` until `giveBack`, for one gesture. Returns false while another gesture is under way. */
  borrow(tool: 'hand' | 'eraser'): boolean {
    return this.#use.borrow(tool)
  }

  /** Ends what `borrow` began. A gesture in progress is cancelled. */
  giveBack(): void {
    this.#use.giveBack()
  }

  select(ids: Iterable<ShapeId>): void {
    this.#use.select(ids)
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

  /** Gives commands other keys than their own. */
  setKeys(keys: KeyMap): void {
    this.#commandList.bind(keys)
    this.#store.tell()
  }

  markReview(review: ReviewMarks | null): void {
    this.#store.set({ review })
  }

  /** Gives the selection this style, in one transaction, and the next shape too. */
  setStyle(patch: Partial<Style>): void {
    this.#store.batch(() => {
      this.#store.set({ style: { ...this.state.style, ...patch } })
      this.text.restyle(patch)
      this.commit(styleEdits(this.selected, patch), { joinsWith: `style ${Object.keys(patch).join(' ')}` })
    })
  }

  /** Applies `edits` as one transaction and one undo step. Does nothing on a read-only board, nor to what is locked. */
  commit(edits: readonly Edit[], options: CommitOptions = {}): void {
    if (edits.length === 0 || this.isReadOnly) return
    this.#store.batch(() => this.#commits.write(edits, this.state.selection, options))
  }

  undo(): void {
    this.#travel(() => this.#commits.undo(this.state.selection))
  }

  redo(): void {
    this.#travel(() => this.#commits.redo(this.state.selection))
  }

  /** Copies were made by hand: `duplicate` repeats what became of them. */
  copied(originals: ReadonlyMap<ShapeId, ShapeId>): void {
    this.#duplicator.note(originals)
  }

  /** Copies the selection. Repeated, each copy lies from the last as that one, once moved, lies from its original. */
  duplicate(): void {
    if (this.isReadOnly || this.selected.length === 0) return
    const copies = this.#duplicator.copiesOf(withContents(this.selected, this.board))
    this.#use.act(() => {
      this.commit(copies.map(shape => ({ op: 'create', shape })))
      this.select(outermost(copies).map(shape => shape.id))
    })
  }

  /** Ends typing, else the gesture, else leaves the group, else the selection, else the tool. */
  escape(): void {
    this.#use.escape()
  }

  /** Ends a line that is being placed click by click, and keeps it; else opens the text of the one selected shape. */
  finish(): void {
    const [only, ...others] = this.selected
    if (this.#use.isAtRest && only && isTyped(only) && others.length === 0) this.edit(only.id)
    else this.handle({ type: 'finish' })
  }

  /** Opens the text of a shape for typing: where it is in several places, that at `at` (world space), or the first. */
  edit(id: ShapeId, at?: Vec): void {
    if (!this.isReadOnly && isTyped(knownShape(this.board, id))) this.text.begin(id, at)
  }

  /** Whether the command would do anything now. Throws a RangeError for an id that is none. */
  canRun(commandId: string): boolean {
    return this.#commandList.find(commandId).enabled(this)
  }

  run(commandId: string): void {
    const command = this.#commandList.find(commandId)
    if (command.enabled(this)) this.#store.batch(() => command.run(this))
  }

  /** What others are to see of this person now. */
  outgoingPresence(user: User): PresenceState {
    return presenceState(user, this.state, this.pointer, this.#pointer.gesture, this.pages?.page)
  }

  /** The fonts have become ready: texts have other widths than were measured before. */
  remeasure(): void {
    this.#index.remeasure()
    this.#scene.invalidate()
    this.#store.tell()
  }

  /** Goes a step through the history, to what was selected then. */
  #travel(go: () => Iterable<ShapeId> | undefined): void {
    this.#use.act(() => {
      this.#use.settle()
      const selection = go()
      if (selection) this.select(selection)
    })
  }

  /** Brings index and state in step with a transaction of the board. */
  #follow(diff: BoardDiff): void {
    this.#index.apply(diff)
    this.#scene.invalidate()
    this.#store.tell()
    if (this.isReadOnly && !this.#wasReadOnly) this.#use.putDown()
    this.#wasReadOnly = this.isReadOnly
    this.#store.set(withoutShapes(this.state, this.board, diff.shapes))
  }
}
