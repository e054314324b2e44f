import { expect, test } from 'vitest'
import { marksOfRuns, STYLE } from '../../../shared/geometry/marks.ts'
import { lettersOf, type PastedNode } from './pasted-letters.ts'

const { bold, italic, strike, list } = STYLE

type Child = string | PastedNode

/** An element of a document that was parsed. */
const el = (nodeName: string, ...children: readonly Child[]): PastedNode => ({
  ...{ nodeName, textContent: null },
  childNodes: children.map(child =>
    typeof child === 'string' ? { nodeName: '#text', textContent: child, childNodes: [] } : child,
  ),
})

const css = (node: PastedNode, style: Partial<NonNullable<PastedNode['style']>>): PastedNode => ({
  ...node,
  style: { fontWeight: '', fontStyle: '', textDecoration: '', whiteSpace: '', ...style },
})

const runs = (...parts: readonly (readonly [text: string, style?: number])[]) => {
  const all = parts.map(([text, style = 0]) => ({ text, style }))
  return { text: all.map(({ text }) => text).join(''), marks: marksOfRuns(all) }
}

test('letters keep the looks that their elements and styles give them', () => {
  const body = el(
    'BODY',
    el('P', ' a ', el('B', 'b ', el('EM', 'c')), el('DEL', 'd')),
    el('P', css(el('SPAN', 'e'), { fontWeight: '700', fontStyle: 'italic', textDecoration: 'line-through' })),
  )
  expect(lettersOf(body)).toEqual(
    runs(['a '], ['b ', bold], ['c', bold | italic], ['d', strike], ['\n'], ['e', bold | italic | strike]),
  )
})

test('lists become lines with markers, within each other too', () => {
  const inner = el('UL', el('LI', 'x'), el('LI', el('B', 'y')))
  const body = el('BODY', 'To do:', el('OL', el('LI', el('P', 'one'), inner), '\n', el('LI', 'two')))
  expect(lettersOf(body)).toEqual(
    runs(
      ...([['To do:\n'], ['1. ', list], ['one\n    '], ['• ', list], ['x\n    '], ['• ', list]] as const),
      ...([['y', bold], ['\n'], ['2. ', list], ['two']] as const),
    ),
  )
})

test.each([
  ['plain letters', el('BODY', el('P', 'a'), el('P', 'b'))],
  ['nothing', el('BODY')],
  ['bold letters that are none', el('BODY', css(el('B', el('P', 'a')), { fontWeight: 'normal' }))],
  ['what is not seen', el('BODY', el('STYLE', el('B', 'a')), el('#comment'))],
  [
    'more nesting than any document has',
    Array.from({ length: 500 }).reduce<PastedNode>(node => el('B', node), el('B', 'a')),
  ],
])('%s are no letters with looks', (_what, body) => {
  expect(lettersOf(body)).toBeUndefined()
})

test('lines and spaces are as they are seen', () => {
  const body = el(
    'BODY',
    el('DIV', ' a\n  b ', el('BR'), el('I', ' c')),
    el('PRE', 'd\n  e'),
    el('DIV', '\n '),
  )
  expect(lettersOf(body)).toEqual(runs(['a b \n'], ['c', italic], ['\nd\n  e']))
})
