import type { Page } from '@playwright/test'
import type { Clip } from './person.ts'

/** The colours of a row or an area of the screen, in device pixels, as `#rrggbb`. */
export async function coloursOf(page: Page, clip: Clip): Promise<readonly string[]> {
  const picture = (await page.screenshot({ clip })).toString('base64')
  return await page.evaluate(async encoded => {
    const bytes = Uint8Array.from(atob(encoded), char => char.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const { data = new Uint8ClampedArray() } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? {}
    return Array.from({ length: data.length / 4 }, (_, i) => {
      const channels = [...data.subarray(4 * i, 4 * i + 3)]
      return `#${channels.map(channel => channel.toString(16).padStart(2, '0')).join('')}`
    })
  }, picture)
}

/** 0 for black to 255 for white. */
export const lightness = (colour: string): number =>
  [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(colour.slice(at, at + 2), 16), 0) / 3
