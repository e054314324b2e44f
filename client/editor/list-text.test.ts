import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markerEnd } from '../../shared/geometry/list-marker.ts'
import { type Mark, STYLE } from '../../shared/geometry/marks.ts'
import {
  lineBroken,
  listKind,
  listToggled,
  markerErased,
  markerTyped,
  renumbered,
  shiftedItems,
} from './list-text.ts'
import { spliced, type TextState } from './rich-text.ts'

const MARKER = /^( *)(•|\d+\.) /

/** A text of which every marker is marked; `|` is the caret, and where the selection begins if there are two. */
function state(drawn: string): TextState {
  const from = drawn.indexOf('|')
  const to = drawn.lastIndexOf('|')
  const text = drawn.replaceAll('|', '')
  const marks: Mark[] = []
  let start = 0
  for (const line of text.split('\n')) {
    const [whole, indent] = MARKER.exec(line) ?? []
    if (whole !== undefined)
      marks.push({ from: start + (indent?.length ?? 0), to: start + whole.length, style: STYLE.list })
    start += line.length + 1
  }
  return { text, marks, from, to: to === from ? from : to - 1 }
}

/** As `state` takes it; a marker that is not marked shows as `?`. */
function drawn({ text, marks, from, to }: TextState): string {
  let start = 0
  const shown = `${text.slice(0, from)}|${text.slice(from, to)}${to > from ? '|' : ''}${text.slice(to)}`
  for (const line of text.split('\n')) {
    const isItem = MARKER.test(line)
    if (isItem !== markerEnd(text, start, marks) > start) return `? ${shown}`
    start += line.length + 1
  }
  return shown
}

test.each([
  ['- |', '• |'],
  ['* |ab', '• |ab'],
  ['1. |', '1. |'],
  ['• a\n- |', '• a\n• |'],
  ['1. a\n    1) |', '1. a\n    1. |'],
])('%j typed at the beginning of a line is an item', (before, after) => {
  const plain = {
    ...state(before),
    marks: state(before).marks.filter(({ from }) => from === 0 && /\n/.test(before)),
  }
  const made = markerTyped(plain)
  expect(made && drawn(made)).toBe(after)
})

test('nothing else makes an item: not in a line, not in an item, not another number', () => {
  for (const before of ['a - |', '• - |', '12. |', '-|', '2. |']) {
    const { from, to, text } = state(before)
    const marks = before.startsWith('•') ? state(before).marks : []
    expect(markerTyped({ text, marks, from, to }), before).toBeUndefined()
  }
})

test.each([
  ['one|two', 'one\n|two'],
  ['o|ne t|wo', 'o\n|wo'],
  ['• one|', '• one\n• |'],
  ['• o|ne', '• o\n• |ne'],
  ['|• one', '• \n• |one'],
  ['1. one|\n2. two', '1. one\n2. |\n3. two'],
  ['    • one|', '    • one\n    • |'],
  ['• one\n• |', '• one\n|'],
  ['1. one\n2. |\n3. two', '1. one\n|\n1. two'],
  ['• one\n    • |', '• one\n• |'],
])('enter in %j gives %j', (before, after) => {
  expect(drawn(lineBroken(state(before)))).toBe(after)
})

test.each([
  ['• |one', '|one'],
  ['    1. |one\n    2. two', '|one\n    1. two'],
  ['•| one', '|one'],
])('backspace behind the marker of %j gives %j', (before, after) => {
  const made = markerErased(state(before))
  expect(made && drawn(made)).toBe(after)
})

test('backspace elsewhere is left to the browser', () => {
  for (const before of ['one|', '• o|ne', '|• one', '• |one|'])
    expect(markerErased(state(before)), before).toBeUndefined()
})

test.each([
  ['• a\n• b|', 1, '• a\n    • b|'],
  ['1. a\n2. |b\n3. c|', 1, '1. a\n    1. |b\n    2. c|'],
  ['1. a\n    1. b|', -1, '1. a\n2. b|'],
  ['• a|', -1, '• a|'],
] as const)('a level of %j: %j gives %j', (before, by, after) => {
  const made = shiftedItems(state(before), by)
  expect(made && drawn(made)).toBe(after)
})

test('a line that is no item has no level', () => {
  expect(shiftedItems(state('a|'), 1)).toBeUndefined()
})

test.each([
  ['a|', 'bullet', '• a|'],
  ['|a\n\nb|', 'number', '1. |a\n\n1. b|'],
  ['|a\nb|', 'number', '1. |a\n2. b|'],
  ['• |a\n1. b|', 'bullet', '• |a\n• b|'],
  ['• |a\n• b|', 'bullet', '|a\nb|'],
  ['|', 'number', '1. |'],
] as const)('a list out of %j: %s gives %j, and back', (before, kind, after) => {
  const made = listToggled(state(before), kind)
  expect(drawn(made)).toBe(after)
  expect(listKind(made)).toBe(before.startsWith('• |a\n• ') ? undefined : kind)
})

test('numbers count in each level, anew behind a plain line, whatever was written', () => {
  expect(drawn(renumbered(state('4. a\n4. b\n    7. c\n9. d\nx\n3. e|')))).toBe(
    '1. a\n2. b\n    1. c\n3. d\nx\n1. e|',
  )
  expect(drawn(renumbered(state('1. a\n• b\n5. c|')))).toBe('1. a\n• b\n1. c|')
})

const line = fc.tuple(
  fc.constantFrom('', '    '),
  fc.constantFrom('', '• ', '1. ', '7. '),
  fc.constantFrom('', 'a', 'bc'),
)
const text = fc
  .array(line, { minLength: 1, maxLength: 6 })
  .map(lines => lines.map(parts => parts.join('')).join('\n'))
const step = fc.constantFrom(
  (given: TextState) => lineBroken({ ...given, to: given.from }),
  (given: TextState) => markerErased(given),
  (given: TextState) => shiftedItems(given, 1),
  (given: TextState) => shiftedItems(given, -1),
  (given: TextState) => listToggled(given, 'bullet'),
  (given: TextState) => listToggled(given, 'number'),
  (given: TextState) => renumbered(spliced({ ...given, to: given.from }, given.from, 0, 'x')),
)

test('whatever is done, every letter stays, the selection is within the text, and numbers count', () => {
  fc.assert(
    fc.property(text, fc.array(fc.tuple(step, fc.nat(), fc.nat()), { maxLength: 8 }), (given, steps) => {
      let now = renumbered(state(`${given}|`))
      const words = (each: TextState) => each.text.replace(/[\s•\dx.]/g, '')
      const before = words(now)
      for (const [change, a, b] of steps) {
        const [from, to] = [a % (now.text.length + 1), b % (now.text.length + 1)].sort((x, y) => x - y)
        const selected = { ...now, from: from ?? 0, to: to ?? 0 }
        now = change(selected) ?? now
        expect(now.from).toBeLessThanOrEqual(now.to)
        expect(now.to).toBeLessThanOrEqual(now.text.length)
        for (const mark of now.marks) expect(mark.to).toBeLessThanOrEqual(now.text.length)
        expect(renumbered(now).text).toBe(now.text)
      }
      expect(words(now)).toBe(before)
    }),
    { numRuns: 200 },
  )
})
