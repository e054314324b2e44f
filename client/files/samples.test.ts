import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FileError } from './error.ts'
import { noticeText } from './notices.ts'
import { element, expectValid, open, textElement } from './testing.ts'

/** Drawings by other people, which are not part of this repository. */
const SAMPLES = new URL('../../../shared/samples/', import.meta.url)
const present = existsSync(SAMPLES)
const sample = (name: string): string => readFileSync(new URL(name, SAMPLES), 'utf8')

describe.skipIf(!present)('real drawings (skipped where ../shared/samples is missing)', () => {
  test('uml-er.excalidraw opens as exactly its 60 shapes, and says what is simpler than it was', async () => {
    const imported = await open(sample('uml-er.excalidraw'), 'uml-er.excalidraw')
    expectValid(imported)
    expect(imported.shapes).toHaveLength(60)
    expect(noticeText(imported.notices)).toBe('')
    expect(imported.shapes.filter(shape => 'dash' in shape && shape.dash !== 'solid')).toHaveLength(4)
    expect(
      imported.shapes.filter(shape => shape.type === 'arrow' && (shape.start || shape.end)),
    ).toHaveLength(2)
    const counts: Record<string, number> = {}
    for (const { type } of imported.shapes) counts[type] = (counts[type] ?? 0) + 1
    expect(counts).toEqual({
      rectangle: 8,
      line: 34,
      arrow: 5,
      ink: 2,
      diamond: 2,
      ellipse: 6,
      text: 3,
    })
  })

  test('uml-er.excalidrawlib, of version 1, opens as the same 60 shapes', async () => {
    const imported = await open(sample('uml-er.excalidrawlib'), 'uml-er.excalidrawlib')
    expectValid(imported)
    expect(imported.shapes).toHaveLength(60)
  })

  test('sticky-notes.excalidrawlib, of version 2, opens as seven notes with their labels', async () => {
    const imported = await open(sample('sticky-notes.excalidrawlib'), 'sticky-notes.excalidrawlib')
    expectValid(imported)
    expect(imported.shapes.map(shape => 'text' in shape && shape.text)).toEqual(new Array(7).fill('NOTE'))
    expect(new Set(imported.shapes.map(shape => 'fill' in shape && shape.fill)).size).toBe(7)
  })
})

/** One element of each kind, and files around them, for mutation where there are no samples too. */
const points = [
  [0, 0],
  [30, 5],
  [40, 60],
  [1, 1],
]
const kinds = [
  element('rectangle', { id: 'r', groupIds: ['a', 'b'], roundness: { type: 3 } }),
  textElement('label', { containerId: 'r', textAlign: 'center', verticalAlign: 'middle' }),
  element('line', { points, backgroundColor: '#ff0000' }),
  element('arrow', { id: 'w', points, startArrowhead: 'bar', endBinding: { elementId: 'r' } }),
  textElement('on the arrow', { containerId: 'w' }),
  element('freedraw', { points, pressures: [0, 0.2, 0.4, 1], backgroundColor: 'blue' }),
  element('frame', { id: 'f', name: 'Frame' }),
  element('diamond', { frameId: 'f', angle: 2 }),
  { type: 'draw', x: 0, y: 0, width: 4, height: 4, points, strokeSharpness: 'round' },
  { type: 'text', x: 0, y: 0, text: 'old', font: '20px Virgil' },
]
const files: readonly unknown[] = [
  { type: 'excalidraw', version: 2, elements: kinds, appState: { viewBackgroundColor: '#eeeeee' } },
  { type: 'excalidrawlib', version: 1, library: [kinds, kinds.slice(2)] },
  {
    type: 'excalidrawlib',
    version: 2,
    libraryItems: [{ name: 'one', elements: kinds }, { elements: kinds.slice(4) }],
  },
  ...(present
    ? ['uml-er.excalidraw', 'sticky-notes.excalidrawlib'].map(name => JSON.parse(sample(name)))
    : []),
]

const NASTY = [
  null,
  true,
  '',
  'x',
  '__proto__',
  -1,
  0.1,
  1e-9,
  1e7,
  -1e7,
  1e8,
  1e308,
  [],
  {},
  [[]],
  [[1]],
  [
    [1e7, -1e7],
    [-1e7, 1e7],
  ],
  [null],
  { length: 5 },
]
const nasty = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.jsonValue(),
  fc.double({ noNaN: true, min: -2e7, max: 2e7 }),
)

/** Puts `value` at a place that `route` leads to: each number picks a key of what it has come to. */
function mutated(json: unknown, route: readonly number[], value: unknown): unknown {
  const [step = 0, ...rest] = route
  if (route.length === 0 || typeof json !== 'object' || json === null) return value
  const keys = Object.keys(json)
  const key = keys[step % Math.max(1, keys.length)]
  if (key === undefined) return value
  const next = mutated((json as Record<string, unknown>)[key], rest, value)
  return Array.isArray(json) ? json.with(Number(key), next) : { ...json, [key]: next }
}

const mutation = fc.record({ route: fc.array(fc.nat(1000), { minLength: 1, maxLength: 6 }), value: nasty })

test('whatever is changed in a drawing, it opens with valid shapes or is refused with a FileError', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(mutation, { minLength: 1, maxLength: 8 }),
      async (file, mutations) => {
        const changed = mutations.reduce((json, { route, value }) => mutated(json, route, value), file)
        await expectOpenedOrRefused(JSON.stringify(changed))
      },
    ),
    { numRuns: 500 },
  )
}, 60_000)

test('whatever is cut out of the text of a drawing, it opens or is refused with a FileError', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), fc.nat(), fc.nat(40), async (file, at, length) => {
      const text = JSON.stringify(file)
      const place = at % text.length
      await expectOpenedOrRefused(text.slice(0, place) + text.slice(place + length))
    }),
    { numRuns: 150 },
  )
}, 60_000)

async function expectOpenedOrRefused(text: string): Promise<void> {
  const result = await open(text).catch((error: unknown) => error)
  if (result instanceof Error) expect(result).toBeInstanceOf(FileError)
  else expectValid(result as Awaited<ReturnType<typeof open>>)
}
