import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Box, boxContainsBox, boxesMeet } from '../../shared/geometry/box.ts'
import { type KnownShape, shapeBox } from '../../shared/shapes/index.ts'
import { parseFlowchart } from './mermaid/flowchart.ts'
import { mermaidKind } from './mermaid/kind.ts'
import { readMermaid } from './mermaid.ts'
import { expectValid, halfWide } from './testing.ts'

function drawn(text: string, kind: 'flowchart' | 'sequence' = 'flowchart') {
  const imported = readMermaid(kind, text, halfWide)
  expectValid(imported)
  const labelled = (label: string) =>
    imported.shapes.find(shape => 'text' in shape && shape.text === label) as KnownShape
  return {
    shapes: imported.shapes,
    labelled,
    boxOf: (label: string): Box => shapeBox(labelled(label), halfWide),
  }
}

test.each([
  ['flowchart TD\n A --> B', 'flowchart'],
  ['graph LR; A-->B', 'flowchart'],
  ['%% a comment\n---\ntitle: x\n---\ngraph\nA', undefined],
  ['---\ntitle: x\n---\n%% a comment\ngraph\nA', 'flowchart'],
  ['```mermaid\nflowchart LR\nA-->B\n```', 'flowchart'],
  ['sequenceDiagram\nA->>B: hi', 'sequence'],
  ['classDiagram\nA <|-- B', 'other'],
  ['graph theory is fun', undefined],
  ['graph', undefined],
  ['flowcharts are\nfine', undefined],
])('the text %j is a %s', (text, kind) => {
  expect(mermaidKind(text)).toBe(kind)
})

test('nodes have their figures and labels, and arrows hold on to them', () => {
  const { shapes, labelled } = drawn(`flowchart LR
    start([Start]) --> ask{"Is it<br>ok?"}
    ask -->|yes| done((Done))
    ask -. no .-> again[[Again]]
    again ==> start
    done --x nothing`)
  expect(labelled('Start')).toMatchObject({ type: 'rectangle' })
  expect(labelled('Is it\nok?')).toMatchObject({ type: 'diamond' })
  expect(labelled('Done')).toMatchObject({ type: 'ellipse' })
  const of = (name: string) => labelled(name).id
  const arrows = shapes.filter(shape => shape.type === 'arrow')
  expect(arrows).toMatchObject([
    { start: [of('Start'), 0.5, 0.5], end: [of('Is it\nok?'), 0.5, 0.5], head: 'arrow', text: '' },
    { end: [of('Done'), 0.5, 0.5], text: 'yes' },
    { end: [of('Again'), 0.5, 0.5], text: 'no', dash: 'dotted' },
    { end: [of('Start'), 0.5, 0.5], width: 4 },
    { end: [of('nothing'), 0.5, 0.5], head: 'bar' },
  ])
})

test.each([
  ['TD', (a: Box, b: Box) => a.y + a.h < b.y],
  ['BT', (a: Box, b: Box) => b.y + b.h < a.y],
  ['LR', (a: Box, b: Box) => a.x + a.w < b.x],
  ['RL', (a: Box, b: Box) => b.x + b.w < a.x],
])('a chart runs %s', (direction, follows) => {
  const { boxOf } = drawn(`graph ${direction}\nA --> B --> C`)
  expect([follows(boxOf('A'), boxOf('B')), follows(boxOf('B'), boxOf('C'))]).toEqual([true, true])
})

test('chains and lists make every arrow', () => {
  const { edges } = parseFlowchart('graph TD\nA & B --> C & D -- then --> E; F <--> G')
  expect(edges.map(({ from, to, label }) => from + to + label)).toEqual([
    ...['AC', 'AD', 'BC', 'BD'],
    ...['CEthen', 'DEthen', 'FG'],
  ])
  expect(edges.at(-1)).toMatchObject({ tail: 'arrow', head: 'arrow' })
})

test('a subgraph is around what is in it, also within another', () => {
  const { boxOf, shapes } = drawn(`graph TD
    subgraph outer [The outer one]
      A
      subgraph inner
        B --> C
      end
    end
    D --> outer
    D --> A`)
  for (const name of ['A', 'B', 'C', 'inner'])
    expect(boxContainsBox(boxOf('The outer one'), boxOf(name))).toBe(true)
  for (const name of ['B', 'C']) expect(boxContainsBox(boxOf('inner'), boxOf(name))).toBe(true)
  expect(boxesMeet(boxOf('D'), boxOf('The outer one'))).toBe(false)
  expect(shapes[0]).toMatchObject({ text: 'The outer one' })
})

test('colours come from styles and classes', () => {
  const { labelled } = drawn(`graph TD
    A:::hot --> B
    classDef hot fill:#f00,stroke:#00f
    class B hot
    style A fill:pink`)
  expect(labelled('B')).toMatchObject({ fill: '#ff0000', stroke: '#0000ff' })
  expect(labelled('A')).toMatchObject({ fill: '#ffc0cb' })
})

test('the newer form of nodes is read', () => {
  const { labelled } = drawn('flowchart TD\nA@{ shape: diam, label: "Ready?" } --> B@{ shape: circle }')
  expect([labelled('Ready?').type, labelled('B').type]).toEqual(['diamond', 'ellipse'])
})

test('what is not understood is quoted', () => {
  expect(() => drawn('graph TD\nA --> B\nA => B')).toThrow(/=> B/)
  expect(() => drawn('sequenceDiagram\nA says B', 'sequence')).toThrow(/A says B/)
})

test('who says what in a sequence diagram comes one after the other', () => {
  const { boxOf, shapes, labelled } = drawn(
    `sequenceDiagram
      participant A as Alice
      A->>B: Hello
      loop Every minute
        B-->>A: Hi
        Note right of B: thinking
      end
      alt good
        A->>A: think
      else bad
        A-xB: bye
      end`,
    'sequence',
  )
  expect(boxOf('Alice').x).toBeLessThan(boxOf('B').x)
  const order = ['Hello', 'Hi', 'thinking', 'think', 'bye'].map(label => boxOf(label).y)
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(boxContainsBox(boxOf('loop Every minute'), boxOf('Hi'))).toBe(true)
  expect(shapes.filter(({ type }) => type === 'arrow')).toHaveLength(4)
  expect(labelled('thinking')).toMatchObject({ fill: '#fff3bf' })
})

test('whatever is pasted, it becomes shapes or is refused with a FileError', () => {
  const word = fc.constantFrom(
    ...[
      'A',
      'B',
      '-->',
      '---',
      '-- x -->',
      '[a',
      'b]',
      '{c}',
      '((',
      '))',
      '&',
      'subgraph s',
      'end',
      '|',
      '\n',
      ';',
      '"',
      ':::',
      'loop',
    ],
    ...[
      'A->>B: x',
      'Note over A,B: y',
      'alt',
      'else',
      'style A fill:red',
      '@{',
      '}',
      'class A b',
      '~~~',
      '__proto__',
      'constructor',
    ],
  )
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 25 }),
      fc.constantFrom('flowchart', 'sequence'),
      (words, kind) => {
        const head = kind === 'flowchart' ? 'graph TD\n' : 'sequenceDiagram\n'
        try {
          expectValid(readMermaid(kind as 'flowchart', head + words.join(' '), halfWide))
        } catch (error) {
          expect(error).toMatchObject({ name: 'FileError' })
        }
      },
    ),
    { numRuns: 300 },
  )
})
