import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { FileError } from '../error.ts'
import {
  type ArchivedBoard,
  type ArchivedDrawing,
  type BoardRecord,
  documentPath,
  hashOf,
  imagePath,
  LIBRARY,
  MANIFEST,
  type Manifest,
  MIME,
  MOST,
  VERSION,
} from './format.ts'

/**
 * Packs boards into one file, one after the other, so that never more than one has to be in memory: what is packed is handed
 * to the browser, which may keep it on disk.
 */
export class ArchiveWriter {
  readonly #zip: Zip
  readonly #parts: Blob[] = []
  readonly #boards: BoardRecord[] = []
  readonly #images = new Set<string>()
  #library: Manifest['library']
  #bytes = 0

  constructor() {
    this.#zip = new Zip((error, chunk) => {
      if (error) throw error
      this.#parts.push(new Blob([chunk as Uint8Array<ArrayBuffer>]))
    })
  }

  /** Throws a FileError when the file would become larger than one that can be opened again. */
  add({ title, document, images, identity }: ArchivedBoard): void {
    this.#reserve(document.length)
    this.#put(documentPath(this.#boards.length), document, true)
    for (const [hash, bytes] of images) this.#image(hash, bytes)
    this.#boards.push({
      title,
      document: { bytes: document.length, sha256: hashOf(document) },
      images: [...images.keys()],
      ...(identity && { identity: { ...identity, keys: [...identity.keys] } }),
    })
  }

  /** The drawings that the person keeps for all boards. As `add`; to be called once at most. */
  addLibrary(drawings: readonly ArchivedDrawing[]): void {
    for (const { images } of drawings)
      for (const [hash, bytes] of Object.entries(images)) this.#image(hash, bytes)
    const items = drawings.map(item => ({ ...item, images: Object.keys(item.images) }))
    const bytes = strToU8(JSON.stringify(items))
    this.#reserve(bytes.length)
    this.#put(LIBRARY, bytes, true)
    this.#library = { bytes: bytes.length, sha256: hashOf(bytes) }
  }

  finish(): Blob {
    const manifest: Manifest = {
      format: 'driftboard',
      version: VERSION,
      boards: this.#boards,
      ...(this.#library && { library: this.#library }),
    }
    this.#put(MANIFEST, strToU8(JSON.stringify(manifest)), true)
    this.#zip.end()
    return new Blob(this.#parts, { type: MIME })
  }

  #image(hash: string, bytes: Uint8Array): void {
    if (this.#images.has(hash)) return
    this.#reserve(bytes.length)
    this.#images.add(hash)
    this.#put(imagePath(hash), bytes, false)
  }

  #reserve(bytes: number): void {
    this.#bytes += bytes
    if (this.#bytes <= MOST.bytes - MOST.manifestBytes) return
    throw new FileError(
      `All of it together is larger than the ${MOST.bytes / 2 ** 20} MB that fit into one file.`,
      '',
      'Save the boards with the largest pictures one by one.',
    )
  }

  /** Images are compressed already. */
  #put(path: string, bytes: Uint8Array, isCompressed: boolean): void {
    const file = isCompressed ? new ZipDeflate(path, { level: 6 }) : new ZipPassThrough(path)
    // The same boards give the same file, whenever and wherever that happens.
    file.mtime = new Date(1980, 0, 1)
    this.#zip.add(file)
    file.push(bytes, true)
  }
}
