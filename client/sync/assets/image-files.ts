import { imageTypeOf } from '../../../shared/util/image-type.ts'
import type { BoardFiles } from '../local-store.ts'

const IMAGE = 'image/'
const UPLOAD = 'upload/'

/**
 * The images of a board on this device, by their SHA-256 in hex. Beside an image lies a mark for as long as the relay has not
 * confirmed it. The mark is written first: a crash in between leaves a mark without an image, which is passed over, and
 * never an image that nobody would upload.
 */
export class ImageFiles {
  constructor(private readonly files: BoardFiles) {}

  get(hash: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.files.get(IMAGE + hash)
  }

  /** An image that the relay has. */
  put(hash: string, bytes: Uint8Array): Promise<void> {
    return this.files.put(IMAGE + hash, bytes)
  }

  /** An image that the relay is still to get. */
  async putUnsent(hash: string, bytes: Uint8Array): Promise<void> {
    await this.files.put(UPLOAD + hash, new Uint8Array())
    await this.files.put(IMAGE + hash, bytes)
  }

  markSent(hash: string): Promise<void> {
    return this.files.delete(UPLOAD + hash)
  }

  /** The hashes of all images here. */
  async held(): Promise<ReadonlySet<string>> {
    const names = await this.files.names()
    return new Set(names.filter(name => name.startsWith(IMAGE)).map(name => name.slice(IMAGE.length)))
  }

  /** The hashes of the images that the relay has not confirmed. */
  async unsent(): Promise<readonly string[]> {
    const names = new Set(await this.files.names())
    const marked = [...names].filter(name => name.startsWith(UPLOAD)).map(name => name.slice(UPLOAD.length))
    return marked.filter(hash => names.has(IMAGE + hash))
  }

  /** Has every image of this board be one of `to` too, whose relay is to get it. */
  async copyTo(to: ImageFiles): Promise<void> {
    for (const name of await this.files.names()) {
      if (!name.startsWith(IMAGE)) continue
      const bytes = await this.files.get(name)
      if (bytes && imageTypeOf(bytes)) await to.putUnsent(name.slice(IMAGE.length), bytes)
    }
  }
}
