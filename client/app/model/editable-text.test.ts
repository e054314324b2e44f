import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeIn, type ReadNode, readEditable } from './editable-text.ts'

const words = (nodeValue: string): ReadNode => ({ nodeName: '#text', nodeValue, childNodes: [] })
const node = (nodeName: string, ...childNodes: ReadNode[]): ReadNode => ({
  nodeName,
  nodeValue: null,
  childNodes,
})
const div = (...children: ReadNode[]) => node('DIV', ...children)
const span = (...children: ReadNode[]) => node('SPAN', ...children)
const br = () => node('BR')
const read = (...children: ReadNode[]) => readEditable(div(...children), []).text

test.each([
  [[], ''],
  [[div(br())], ''],
  [[div(words('one')), div(words('two'))], 'one\ntwo'],
  [[div(words('one')), div(br()), div(words('two'))], 'one\n\ntwo'],
  [[div(words('one')), div(br())], 'one\n'],
  [[div(br()), div(words('one'))], '\none'],
  [[div(words('a'), span(words('b')), words('c'))], 'abc'],
  // What browsers make of it when nobody is looking.
  [[words('one')], 'one'],
  [[words('one'), br()], 'one'],
  [[words('one'), br(), br()], 'one\n'],
  [[words('one'), br(), words('two')], 'one\ntwo'],
  [[words('one'), div(words('two')), words('three')], 'one\ntwo\nthree'],
  [[div(div(words('one')), div(words('two')))], 'one\ntwo'],
  [[div(span(words('one'), br()), words('two'))], 'one\ntwo'],
  [[div(words('one\ntwo'))], 'one\ntwo'],
  [[div(span(), br())], ''],
])('%# reads as %j', (children, text) => {
  expect(read(...(children as ReadNode[]))).toBe(text)
})

test('a place is told by the letters before it, be it in a text, between nodes, or in an empty line', () => {
  const [one, two] = [words('one'), words('two')]
  const bold = span(two)
  const empty = div(br())
  const first = div(one, bold)
  const root = div(first, empty, div(words('x')))
  const at = (place: ReadNode, offset: number) => readEditable(root, [{ node: place, offset }]).offsets[0]
  expect([at(one, 0), at(one, 2), at(two, 0), at(two, 3)]).toEqual([0, 2, 3, 6])
  expect([at(first, 0), at(first, 1), at(first, 2), at(bold, 1)]).toEqual([0, 3, 6, 6])
  expect([at(empty, 0), at(root, 0), at(root, 1), at(root, 2), at(root, 3)]).toEqual([7, 0, 7, 8, 9])
  expect(at(words('elsewhere'), 0)).toBeUndefined()
})

test('what is shown reads as it was, and every place in it comes back', () => {
  const run = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '😀'), minLength: 1, maxLength: 4 })
  const lines = fc.array(fc.array(run, { maxLength: 3 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(lines, given => {
      const shown = given.map(runs => ({ runs: runs.map(text => ({ text })) }))
      const blocks = given.map(runs => (runs.length === 0 ? div(br()) : div(...runs.map(words))))
      const text = given.map(runs => runs.join('')).join('\n')
      const root = div(...blocks)
      for (let offset = 0; offset <= text.length; offset++) {
        const { line, run: index, at } = placeIn(shown, offset)
        const place = blocks[line]?.childNodes[index]
        const isEmpty = shown[line]?.runs.length === 0
        const found = readEditable(root, [{ node: (isEmpty ? blocks[line] : place) ?? null, offset: at }])
        expect(found).toMatchObject({ text, offsets: [offset] })
      }
    }),
    { numRuns: 40 },
  )
})
