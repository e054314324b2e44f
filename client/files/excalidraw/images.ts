import * as v from 'valibot'
import { bytesOfDataUrl } from '../base64.ts'

type Bytes = Uint8Array<ArrayBuffer>

const fileSchema = v.object({ dataURL: v.string() })

/** The images that a file holds beside its elements, by the ids that elements know them by. */
export class SceneImages {
  readonly #files: Readonly<Record<string, unknown>>
  /** The provisional name of each file that is used; null for one that holds no bytes. */
  readonly #names = new Map<string, string | null>()
  readonly #used = new Map<string, Bytes>()

  constructor(files: Readonly<Record<string, unknown>> = {}) {
    this.#files = files
  }

  /** What was asked for, by its provisional name. */
  get used(): ReadonlyMap<string, Bytes> {
    return this.#used
  }

  /** A name for the file's image that has the form of a hash; null when there are no bytes. */
  nameOf(fileId: string | null): string | null {
    if (fileId === null) return null
    const known = this.#names.get(fileId)
    if (known !== undefined) return known
    const bytes = this.#bytesOf(fileId)
    const name = bytes ? this.#used.size.toString(16).padStart(64, '0') : null
    if (bytes && name !== null) this.#used.set(name, bytes)
    this.#names.set(fileId, name)
    return name
  }

  #bytesOf(fileId: string): Bytes | null {
    const file = Object.hasOwn(this.#files, fileId) ? this.#files[fileId] : undefined
    const parsed = v.safeParse(fileSchema, file)
    return parsed.success ? bytesOfDataUrl(parsed.output.dataURL) : null
  }
}
