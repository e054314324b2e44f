import { expect, test } from 'vitest'
import { gridSpacing } from './grid-spacing.ts'

const zooms: number[] = []
for (let zoom = 0.05; zoom <= 30; zoom *= 1.013) zooms.push(zoom)

test('at 100 % the dots are 20 units apart', () => {
  expect(gridSpacing(1)).toMatchObject({ step: 20, unit: 20 })
})

test('at every zoom the dots are at least 16 and less than 32 pixels apart', () => {
  for (const zoom of zooms) {
    const { step } = gridSpacing(zoom)
    expect(step).toBeGreaterThan(15.999)
    expect(step).toBeLessThan(32)
  }
})

test('a grid only ever becomes coarser by leaving out every second dot, when that has faded away', () => {
  for (const [i, zoom] of zooms.slice(1).entries()) {
    const finer = gridSpacing(zoom)
    const coarser = gridSpacing(zooms[i] as number)
    expect([1, 2]).toContain(coarser.unit / finer.unit)
    if (coarser.unit !== finer.unit) expect(finer.fineness).toBeLessThan(0.06)
  }
})
