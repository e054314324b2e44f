import { IMAGE_TYPES, type ImageFormat } from './image-header.ts'
import { boardFolder } from './object-key.ts'

/** An image's object is named by its hash and, so that its type is known without reading it, its format. */
export interface AssetName {
  /** Of the content, in hex. */
  readonly sha256: string
  readonly format: ImageFormat
}

const SHA256 = /^[0-9a-f]{64}$/

export const isSha256 = (text: string): boolean => SHA256.test(text)

export const assetsOf = (board: string): string => `${boardFolder(board)}assets/`

export const assetKey = (board: string, { sha256, format }: AssetName): string =>
  `${assetsOf(board)}${sha256}.${format}`

/** What the last segment of a key says; null for an object that is no image of ours. */
export function parseAssetName(name: string): AssetName | null {
  const [sha256 = '', format = '', ...more] = name.split('.')
  return isSha256(sha256) && isFormat(format) && more.length === 0 ? { sha256, format } : null
}

const isFormat = (text: string): text is ImageFormat => Object.hasOwn(IMAGE_TYPES, text)
