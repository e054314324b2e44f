import type { Graphics } from 'pixi.js'
import { expect, test } from 'vitest'
import type { Guide } from '../editor/types.ts'
import { drawGuides } from './guides.ts'

/** The rectangles that are drawn, as x, y, width and height on the screen. */
function drawn(guides: readonly Guide[], camera = { x: 100, y: 50, zoom: 2 }): readonly unknown[][] {
  const rects: unknown[][] = []
  const pen = {
    rect: (...rect: unknown[]) => rects.push(rect),
    fill: (colour: string) => rects.push([colour]),
  }
  drawGuides(pen as unknown as Graphics, guides, camera, '#d6336c')
  return rects
}

test('a line is one pixel wide at every zoom, a gap ends in bars across it', () => {
  expect(drawn([{ kind: 'line', from: [110.2, 50], to: [110.2, 80] }])).toEqual([[20, 0, 1, 61], ['#d6336c']])
  expect(drawn([{ kind: 'gap', from: [110, 60], to: [120, 60] }])).toEqual([
    [20, 20, 21, 1],
    [20, 16, 1, 9],
    [40, 16, 1, 9],
    ['#d6336c'],
  ])
})

test('nothing is drawn for no guides', () => {
  expect(drawn([])).toEqual([])
})
