import { expect, test } from 'vitest'
import { STYLE } from '../../shared/geometry/marks.ts'
import type { TextState } from './rich-text.ts'
import { TextHistory } from './text-history.ts'

const { bold } = STYLE
const at = (text: string, place = text.length): TextState => ({ text, marks: [], from: place, to: place })

test.each([
  ['before', 'zero one'],
  ['within', 'on- e'],
  ['behind', 'one two'],
])('what is done again stands where it stood beside what another typed %s it', (_where, text) => {
  const history = new TextHistory()
  history.note(at(''), at('one'), 'type')
  const now = { text, marks: [{ from: 0, to: 2, style: bold }] }
  const without = history.undo(now)
  expect(without?.text).not.toBe(text)
  expect(without && history.redo(without)).toMatchObject(now)
  expect(history.undo(now)).toMatchObject({ text: without?.text })
})
