import type { Vec } from '../../../shared/geometry/vec.ts'

/** A tab of some browser, with no more than every way to drive one has. Positions are CSS pixels of the page. */
export interface Tab {
  goto(url: string): Promise<void>
  reload(): Promise<void>
  /** Calls `task` in the page; arguments and result are JSON. */
  run<Args extends unknown[], Result>(task: (...args: Args) => Result, ...args: Args): Promise<Result>
  move(to: Vec): Promise<void>
  down(): Promise<void>
  up(): Promise<void>
  /** Presses one key: a letter, Enter or Escape. */
  press(key: string): Promise<void>
  type(text: string): Promise<void>
}
