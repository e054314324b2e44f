import type { Notices } from './notices.ts'

/** A part of the app that is loaded when it is first needed. */
export interface Part<T> {
  /** Begins a sentence: "The library". */
  readonly name: string
  load(): Promise<T>
  /** Does what the person wanted, with the part there. What goes wrong in it is not the part's failure. */
  use(code: T): unknown
  /** When it is not there, before the person is told. */
  onMissing?(): void
}

/**
 * Loads the part and uses it. Where it cannot be had, because the network went away or a new version took its file along, the
 * person is told, and can try again: what was to be done waits for that.
 */
export async function withPart<T>(notices: Notices | undefined, part: Part<T>, tries = 1): Promise<void> {
  let code: T
  try {
    code = await part.load()
  } catch {
    part.onMissing?.()
    notices?.error(...missingText(part.name, tries, () => void withPart(notices, part, tries + 1)))
    return
  }
  await part.use(code)
}

/** A part that is not there, in words for the person, where something else tells of it. */
export class PartMissing extends Error {
  override readonly name = 'PartMissing'

  constructor(part: string) {
    super(`${part} could not be loaded. Check the connection, then try again.`)
  }
}

/** As `withPart`, for who tells of failures itself. Rejects with a PartMissing. */
export async function needed<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch {
    throw new PartMissing(name)
  }
}

/** Tells of a part that something else waits for. `again` asks for it once more. */
export const tellMissingPart = (notices: Notices, name: string, again: () => void): void =>
  void notices.error(...missingText(name, 1, again))

/** A browser may go on refusing a file that it failed to get, and a new version has others: then only a reload helps. */
const missingText = (name: string, tries: number, again: () => void): Parameters<Notices['error']> =>
  tries < 3
    ? [new PartMissing(name).message, { label: 'Try again', run: again }]
    : [
        `${name} could not be loaded. Reload the page once you are online: there may be a new version.`,
        { label: 'Reload', run: () => location.reload() },
      ]
