import { ImageSource, Texture } from 'pixi.js'
import type { Decode } from './pictures.ts'

/** Decodes beside the main thread: upright as the picture says, the first frame of one that moves. */
export const decodeTexture: Decode = async (bytes, [resizeWidth, resizeHeight]) => {
  const bitmap = await createImageBitmap(new Blob([bytes]), {
    ...{ resizeWidth, resizeHeight, resizeQuality: 'high' },
    premultiplyAlpha: 'premultiply',
  })
  const source = new ImageSource({
    resource: bitmap,
    alphaMode: 'premultiplied-alpha',
    scaleMode: 'linear',
    autoGenerateMipmaps: true,
  })
  const texture = new Texture({ source })
  return {
    texture,
    destroy() {
      texture.destroy(true)
      bitmap.close()
    },
  }
}
