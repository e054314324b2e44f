import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FileError } from './error.ts'
import { firstMistake, parseJson } from './json.ts'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const valid = fc
  .json()
  .chain(text => fc.constantFrom(text, ` ${text}\r\n\t`, JSON.stringify(JSON.parse(text), undefined, 2)))

test('whole JSON has no mistake', () => {
  fc.assert(fc.property(valid, text => firstMistake(text) === undefined))
})

test('a text has a mistake exactly when the engine refuses it, and nothing before the mistake is one', () => {
  const edit = fc.tuple(
    fc.nat(),
    fc.nat({ max: 3 }),
    fc.constantFrom('', '"', '{', ']', ',', ':', '\\', '0', '-', '\n', 'x', '\u0001'),
  )
  fc.assert(
    fc.property(valid, fc.array(edit, { minLength: 1, maxLength: 4 }), (text, edits) => {
      const broken = edits.reduce((before, [at, remove, insert]) => {
        const place = at % (before.length + 1)
        return before.slice(0, place) + insert + before.slice(place + remove)
      }, text)
      const at = firstMistake(broken)
      expect(at === undefined).toBe(isJson(broken))
      if (at !== undefined && at > 0) expect(firstMistake(broken.slice(0, at)) ?? at).toBe(at)
    }),
    { numRuns: 2000 },
  )
})

test('broken JSON is an error with the line and column of the mistake', () => {
  expect(() => parseJson('{\n  "type": "excalidraw",\n  "elements": [1,,2]\n}')).toThrow(
    /"," is not expected.*line 3, column 18/,
  )
})

test('a file that was cut off is an error at its end', () => {
  expect(() => parseJson('{\n  "elements": [')).toThrow(/the end is not expected.*line 2, column 16/)
})

test('the error is a FileError that says what to do', () => {
  expect(() => parseJson('nonsense')).toThrow(FileError)
  expect(() => parseJson('nonsense')).toThrow('Save it again')
})

test('a million open brackets are an error, not a crash', () => {
  expect(() => parseJson('['.repeat(1_000_000))).toThrow(/line 1, column 1000001/)
})
