/** What a relay does on its stores, and on the files under them. */
export const OPERATIONS = {
  stores: 'opening the stores',
  boards: 'listing the boards of the log',
  board: 'reading a board from the log',
  append: 'appending to the log',
  compact: 'merging the log of a board',
  settle: 'trimming the log to a snapshot',
  put: 'putting a snapshot',
  version: 'putting a version',
  claim: 'claiming a board',
  remove: 'removing a merged snapshot',
  list: 'listing snapshots',
  get: 'reading a snapshot',
  write: 'writing a temporary file',
  sync: 'syncing a temporary file',
  rename: 'renaming it into place',
  folder: 'syncing its folder',
  unlink: 'unlinking a file',
} as const

export type Operation = keyof typeof OPERATIONS

/** `during`: it has begun, and threads of its own are at work on it. */
type Step = 'before' | 'during' | 'after'

/** Where a relay kills itself. */
export interface Fault {
  readonly operation: Operation
  readonly step: Step
  /** Which time it gets there, from 1. */
  readonly occurrence: number
  /** For `during`: turns of the event loop since it began. */
  readonly turns: number
}

/** Ends this process as `kill -9` does: nothing that runs in it gets another turn. */
function die(): never {
  process.kill(process.pid, 'SIGKILL')
  // The signal is taken on the way back from the kernel; this is for a reader, and for the type.
  for (;;);
}

/** Counts operations, and dies in the one that the fault names. */
export class Death {
  readonly #fault: Fault | null
  #count = 0

  constructor(fault: Fault | null) {
    this.#fault = fault
  }

  /** Runs an operation. What it does synchronously happens before this returns. */
  async around<T>(operation: Operation, run: () => Promise<T>): Promise<T> {
    const fault = this.#meets(operation)
    if (fault?.step === 'before') die()
    const running = run()
    if (fault?.step === 'during') dieAfter(fault.turns)
    const result = await running
    if (fault) die()
    return result
  }

  #meets(operation: Operation): Fault | null {
    if (this.#fault?.operation !== operation) return null
    this.#count += 1
    return this.#count === this.#fault.occurrence ? this.#fault : null
  }
}

function dieAfter(turns: number): void {
  if (turns === 0) die()
  setImmediate(() => dieAfter(turns - 1))
}
