/** Calls `draw` once per display frame, and only after something asked for it. Nothing runs in between. */
export class FrameLoop {
  #request: number | null = null

  /** `draw` returns whether it wants another frame. */
  constructor(private readonly draw: (now: number) => boolean) {}

  ask(): void {
    this.#request ??= requestAnimationFrame(this.#run)
  }

  stop(): void {
    if (this.#request !== null) cancelAnimationFrame(this.#request)
    this.#request = null
  }

  #run = (now: number): void => {
    this.#request = null
    if (this.draw(now)) this.ask()
  }
}
