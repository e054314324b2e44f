import type { Vec } from '../../shared/geometry/vec.ts'
import type { Effect, Scene, Tool, ToolEvent, ToolName, Tools } from './types.ts'

interface Slot {
  readonly tool: Tool<unknown>
  state: unknown
}

/** Keeps the state of the tool in use, and of one that is borrowed for a single gesture while the other waits. */
export class ToolDriver {
  readonly #tools: ReadonlyMap<ToolName, Tool<unknown>>
  readonly #scene: Scene
  readonly #carryOut: (effect: Effect) => void
  #chosen: Slot
  #borrowed: Slot | null = null
  #isPressed = false

  constructor(tools: Tools, scene: Scene, carryOut: (effect: Effect) => void) {
    this.#tools = new Map(tools.map(({ name, tool }) => [name, tool]))
    this.#scene = scene
    this.#carryOut = carryOut
    this.#chosen = slotOf(this.#tool('select'))
  }

  /** Whether the chosen tool is in the middle of a gesture. */
  get isBusy(): boolean {
    return this.#chosen.state !== this.#chosen.tool.initial
  }

  /** Whether a press would be the chosen tool's, and begin something. */
  get isAtRest(): boolean {
    return !this.#borrowed && !this.isBusy
  }

  step(event: ToolEvent): void {
    if (event.type === 'down') this.#isPressed = true
    const slot = this.#borrowed ?? this.#chosen
    const [next, ...effects] = slot.tool.step(slot.state, event, this.#scene)
    slot.state = next
    for (const effect of effects) this.#carryOut(effect)
    if (event.type === 'up' || event.type === 'cancel') this.#isPressed = false
  }

  has(tool: ToolName): boolean {
    return this.#tools.has(tool)
  }

  #tool(name: ToolName): Tool<unknown> {
    const tool = this.#tools.get(name)
    if (!tool) throw new RangeError(`There is no tool "${name}".`)
    return tool
  }

  /** Chooses a tool. What the one before was doing is forgotten: `settle` first where it is to be ended. */
  choose(tool: ToolName): void {
    this.#chosen = slotOf(this.#tool(tool))
  }

  /** Uses `tool` until `giveBack`. Returns false while a gesture is under way. */
  borrow(tool: 'hand' | 'eraser'): boolean {
    if (this.#isPressed || this.#borrowed) return false
    if (tool === 'eraser') this.settle()
    this.#borrowed = slotOf(this.#tool(tool))
    return true
  }

  /** Ends what `borrow` began; a gesture of the borrowed tool that still runs is cancelled. */
  giveBack(): void {
    if (!this.#borrowed) return
    if (this.#isPressed) this.step({ type: 'cancel' })
    this.#borrowed = null
  }

  /** Ends the gesture in progress, if there is one: points that were placed stay, a drag leaves no trace. */
  settle(): void {
    this.giveBack()
    if (this.isBusy && !this.#isPressed) this.step({ type: 'finish' })
    if (this.isBusy) this.step({ type: 'cancel' })
    this.#isPressed = false
  }

  /** Ends the gesture in progress, if there is one, without a trace. */
  giveUp(): void {
    this.giveBack()
    if (this.isBusy) this.step({ type: 'cancel' })
    this.#isPressed = false
  }

  /** The CSS cursor with the pointer at `at`, world space. */
  cursor(at: Vec): string {
    const { tool, state } = this.#borrowed ?? this.#chosen
    return tool.cursor(state, this.#scene, at)
  }
}

const slotOf = (tool: Tool<unknown>): Slot => ({ tool, state: tool.initial })
