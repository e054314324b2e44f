import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { EditorView } from '../editor/types.ts'

/** An element that shows a part of an editor. */
interface EditorHost extends ReactiveControllerHost {
  readonly editor: EditorView | undefined
}

/**
 * Renders its host again when the part of the editor that the host shows has changed, and only then: the editor
 * tells of every pointer move, and most panels show nothing that a pointer move changes.
 *
 * `select` runs on every change, so it picks values and computes nothing. Its values are compared by identity;
 * `boardVersion` grows with every transaction, for hosts that show shapes.
 */
export class EditorController implements ReactiveController {
  readonly #host: EditorHost
  readonly #select: (view: EditorView, boardVersion: number) => readonly unknown[]
  #watched: EditorView | undefined
  #stop: () => void = () => {}
  #boardVersion = 0
  #values: readonly unknown[] = []

  constructor(host: EditorHost, select: (view: EditorView, boardVersion: number) => readonly unknown[]) {
    this.#host = host
    this.#select = select
    host.addController(this)
  }

  hostConnected(): void {
    this.#watch(this.#host.editor)
  }

  /** The host's `editor` property may have changed. */
  hostUpdate(): void {
    if (this.#host.editor !== this.#watched) this.#watch(this.#host.editor)
  }

  hostDisconnected(): void {
    this.#watch(undefined)
  }

  #watch(view: EditorView | undefined): void {
    this.#stop()
    this.#stop = () => {}
    this.#watched = view
    if (!view) return
    this.#values = this.#select(view, this.#boardVersion)
    const stopBoard = view.board.subscribe(() => {
      this.#boardVersion += 1
      this.#compare(view)
    })
    const stopView = view.subscribe(() => this.#compare(view))
    this.#stop = () => {
      stopBoard()
      stopView()
    }
  }

  #compare(view: EditorView): void {
    const before = this.#values
    const now = this.#select(view, this.#boardVersion)
    if (now.length === before.length && now.every((value, i) => Object.is(value, before[i]))) return
    this.#values = now
    this.#host.requestUpdate()
  }
}
