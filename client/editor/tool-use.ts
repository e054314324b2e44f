import type { Vec } from '../../shared/geometry/vec.ts'
import type { ShapeId } from '../../shared/shapes/index.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import type { Edit, TransactOptions } from '../board/board.ts'
import type { PageControl } from '../board/paged-board.ts'
import { isSameSet, NO_GUIDES, NOTHING } from './editor-state.ts'
import { selectable } from './free.ts'
import { outerTarget } from './groups.ts'
import type { PointerTrail } from './pointer-trail.ts'
import { knownShape, previewWithout } from './preview.ts'
import type { EditorScene } from './scene.ts'
import type { Store } from './store.ts'
import type { TextSession } from './text-session.ts'
import { ToolDriver } from './tool-driver.ts'
import { writes } from './tool-names.ts'
import { ToolStyles } from './tool-styles.ts'
import { targetAt } from './tools/select.ts'
import type { Camera, EditorState, Effect, Preview, ToolEvent, ToolName, Tools } from './types.ts'

/** What the use of tools asks of its editor. */
interface Host {
  readonly isReadOnly: boolean
  readonly text: TextSession
  commit(edits: readonly Edit[], options?: TransactOptions): void
  look(camera: Camera): void
  edit(id: ShapeId, at?: Vec): void
  run(commandId: string): void
  copied(originals: ReadonlyMap<ShapeId, ShapeId>): void
}

interface Parts {
  readonly store: Store<EditorState>
  readonly scene: EditorScene
  readonly pointer: PointerTrail
  readonly tools: Tools
}

/**
 * Passes what the pointer does to the tool in use and carries out what that asks for. Invariants:
 * 1. What is selected, hovered and previewed is on the board and readable, except for what is being created.
 * 2. A tool at rest has no preview.
 * 3. On a read-only board no tool is in use that writes, and no preview promises what cannot be written.
 * 4. After each call, cursor and hover are those of the place where the pointer is.
 */
export class ToolUse {
  readonly #host: Host
  readonly #store: Store<EditorState>
  readonly #scene: EditorScene
  readonly #pointer: PointerTrail
  readonly #driver: ToolDriver
  readonly #styles = new ToolStyles()
  /** What the tool's latest step has outlined. */
  #pointed: ReadonlySet<ShapeId> = NOTHING

  constructor(host: Host, { store, scene, pointer, tools }: Parts) {
    this.#host = host
    this.#store = store
    this.#scene = scene
    this.#pointer = pointer
    this.#driver = new ToolDriver(tools, scene, effect => this.#carryOut(effect))
  }

  get isAtRest(): boolean {
    return this.#driver.isAtRest
  }

  handle(event: ToolEvent): void {
    this.#pointer.batch(() =>
      this.act(() => {
        if (event.type === 'down') this.#host.text.end()
        this.#pointed = NOTHING
        this.#driver.step(this.#pointer.follow(event))
      }),
    )
  }

  use(tool: ToolName): void {
    if (!this.#driver.has(tool) || (writes(tool) && this.#host.isReadOnly)) return
    this.act(() => {
      this.settle()
      if (writes(tool)) this.#select([])
      this.#choose(tool)
    })
  }

  borrow(tool: 'hand' | 'eraser'): boolean {
    let isLent = false
    this.act(() => {
      isLent = this.#driver.borrow(tool)
    })
    return isLent
  }

  giveBack(): void {
    this.act(() => this.#driver.giveBack())
  }

  select(ids: Iterable<ShapeId>): void {
    this.act(() => this.#select(ids))
  }

  /** Steps back by one level: out of the text, the gesture, the group, the selection, the tool. */
  escape(): void {
    const { editing, selection, tool } = this.#store.state
    this.act(() => {
      if (editing !== null) this.#host.text.end()
      else if (this.#driver.isBusy) this.#driver.settle()
      else if (tool === 'crop') this.#choose('select')
      else if (selection.size > 0)
        this.#select(outerTarget(selection, this.#scene.board, this.#scene.members) ?? [])
      else this.#choose('select')
    })
  }

  /** Ends typing, and the gesture in progress. */
  settle(): void {
    this.#host.text.end()
    this.#driver.settle()
  }

  /** When a page is about to be left, ends what is under way on it, or gives that up with a page that is gone. */
  followPages(pages: PageControl): () => void {
    return pages.subscribeLeaving(() => this.#leave(!pages.pages.some(({ id }) => id === pages.page)))
  }

  #leave(isGone: boolean): void {
    this.act(() => {
      if (!isGone) return this.settle()
      this.#driver.giveUp()
      if (this.#store.state.preview !== null) this.#host.text.end()
      this.#preview(null)
    })
  }

  /** Ends whatever would write: the board has just become read-only. */
  putDown(): void {
    this.act(() => {
      this.settle()
      if (writes(this.#store.state.tool)) this.#choose('select')
      this.#preview(null)
    })
  }

  /** Does `work`, after which the pointer may be over something else. */
  act(work: () => void): void {
    this.#store.batch(() => {
      work()
      this.#store.set({ cursor: this.#driver.cursor(this.#pointer.at) })
      const hovered = this.#hovered()
      if (!isSameSet(hovered, this.#store.state.hovered)) this.#store.set({ hovered })
    })
  }

  #carryOut(effect: Effect): void {
    switch (effect.do) {
      case 'preview':
        return this.#preview(effect.preview)
      case 'commit':
        return this.#host.commit(effect.edits, effect.options)
      case 'select':
        return this.#select(effect.ids)
      case 'copied':
        return this.#host.copied(effect.originals)
      case 'made':
        if (!this.#store.state.settings.toolLock) this.#choose('select')
        return this.#select(effect.ids)
      case 'use':
        return this.#choose(effect.tool)
      case 'look':
        return this.#host.look(effect.camera)
      case 'guide':
        return this.#store.set({ guides: effect.guides.length > 0 ? effect.guides : NO_GUIDES })
      case 'point-out':
        this.#pointed = new Set(effect.ids)
        return
      case 'edit':
        return this.#host.edit(effect.id, effect.at)
      case 'run':
        return this.#host.run(effect.command)
      case 'draft':
        return this.#host.isReadOnly ? undefined : this.#host.text.draft(effect.shape)
      default:
        return unreachable(effect)
    }
  }

  #preview(preview: Preview | null): void {
    const { board } = this.#scene
    const isPromise = preview !== null && !LOOKS.has(preview.kind)
    // Another may have removed or locked shapes that a drag here still holds.
    const shown = preview && previewWithout(preview, id => knownShape(board, id)?.locked !== false)
    const next = isPromise && this.#host.isReadOnly ? null : shown
    this.#store.set(next ? { preview: next } : { preview: null, guides: NO_GUIDES })
  }

  #choose(tool: ToolName): void {
    const { style, tool: before } = this.#store.state
    this.#driver.choose(tool)
    this.#store.set({ tool, style: this.#styles.swapped(style, before, tool) })
  }

  #select(ids: Iterable<ShapeId>): void {
    const next = selectable(this.#scene.board, ids)
    if (!isSameSet(next, this.#store.state.selection)) this.#store.set({ selection: next })
  }

  #hovered(): ReadonlySet<ShapeId> {
    const { tool, editing, selection } = this.#store.state
    if (this.#pointed.size > 0) return this.#pointed
    const at: Vec | null = this.#pointer.over
    if (tool !== 'select' || editing !== null || !at || !this.isAtRest) return NOTHING
    const target = targetAt(this.#scene, at)
    return target === selection ? NOTHING : target
  }
}

/** Previews of gestures that change nothing on the board. */
const LOOKS: ReadonlySet<Preview['kind']> = new Set(['marquee', 'lasso', 'laser'])
