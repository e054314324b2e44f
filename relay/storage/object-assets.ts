import { checkImage, mediaTypeOf, type Refusal, refused, refusedType } from './asset-checks.ts'
import { assetKey, assetsOf, isSha256, parseAssetName } from './asset-name.ts'
import type { AssetStore, PutResult } from './asset-store.ts'
import { type BoardAssets, boardAccounts, type HeldAsset } from './board-assets.ts'
import { IMAGE_TYPES } from './image-header.ts'
import { IncomingImage } from './incoming-image.ts'
import { nameOf } from './object-key.ts'
import type { ObjectStore } from './object-store.ts'
import { StorageError } from './update-log.ts'

export interface AssetLimits {
  /** Bytes of one image. */
  readonly assetBytes: number
  /** Bytes of all images of a board. */
  readonly boardBytes: number
}

/** Bytes of images in memory while they come in, of all boards together. */
const HELD_BYTES = 256 * 1024 * 1024

/** Images as objects, each written once and never changed, after all of it has been checked. */
export function objectAssets(store: ObjectStore, limits: AssetLimits): AssetStore {
  const withBoard = boardAccounts(store, limits.boardBytes)
  let heldBytes = 0

  return {
    async put(board, sha256, declaredType, content) {
      if (!isSha256(sha256)) return refused('hash', 'The name of an image is its SHA-256 in hex.')
      const type = mediaTypeOf(declaredType)
      const refusal = refusedType(type)
      if (refusal) return refusal
      return withBoard(board, async assets => {
        const held = assets.held.get(sha256)
        return held ? stored(held) : takeIn(assets, { board, sha256, type }, content)
      })
    },

    async get(board, sha256) {
      if (!isSha256(sha256)) return null
      const [found] = await store.list(`${assetsOf(board)}${sha256}.`)
      const name = found && parseAssetName(nameOf(found.key))
      const stream = name && (await store.stream(found.key))
      return stream ? { ...stream, type: IMAGE_TYPES[name.format] } : null
    },
  }

  async function takeIn(
    assets: BoardAssets,
    { board, sha256, type }: { board: string; sha256: string; type: string },
    content: AsyncIterable<Uint8Array>,
  ): Promise<PutResult> {
    const image = new IncomingImage()
    try {
      const refusal = await receive(image, assets, content)
      if (refusal) return refusal
      const header = checkImage(image, sha256, type)
      if ('why' in header) return header
      const asset = { sha256, format: header.format, bytes: image.bytes }
      const fits = await assets.add(asset, () => store.put(assetKey(board, asset), image.content))
      return fits ? stored(asset) : boardIsFull()
    } finally {
      heldBytes -= image.bytes
    }
  }

  /** Reads the content into `image`, or as much of it as it takes to refuse it. */
  async function receive(
    image: IncomingImage,
    assets: BoardAssets,
    content: AsyncIterable<Uint8Array>,
  ): Promise<Refusal | null> {
    for await (const piece of content) {
      const bytes = image.bytes + piece.length
      if (bytes > limits.assetBytes) {
        return refused('size', `An image may have ${limits.assetBytes} bytes here, and this one has more.`)
      }
      if (bytes > assets.room) return boardIsFull()
      if (heldBytes + piece.length > HELD_BYTES) {
        throw new StorageError(
          'More images are coming in at once than fit in memory. Send this one again later.',
        )
      }
      heldBytes += piece.length
      image.add(piece)
    }
    return null
  }

  function boardIsFull(): Refusal {
    const most = `The images of a board may have ${limits.boardBytes} bytes together here`
    return refused('quota', `${most}, and this one does not fit any more.`)
  }
}

const stored = ({ format, bytes }: HeldAsset): PutResult => ({
  at: 'stored',
  type: IMAGE_TYPES[format],
  bytes,
})
