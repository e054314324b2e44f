import { FileError } from './error.ts'

/** Parses JSON. Throws a FileError that names the line and column of the first mistake. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const at = firstMistake(text) ?? text.length
    const { line, column } = lineAndColumn(text, at)
    const found =
      at < text.length
        ? `${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))} is`
        : 'the end is'
    throw new FileError(
      `The file is damaged: it is no valid JSON, ${found} not expected here.`,
      `line ${line}, column ${column}`,
      'Save it again in the program that made it, and open that.',
    )
  }
}

/** Both count from 1; columns are UTF-16 code units. */
function lineAndColumn(text: string, at: number): { line: number; column: number } {
  let line = 1
  let start = 0
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', start)) {
    line += 1
    start = next + 1
  }
  return { line, column: at - start + 1 }
}

/** What may come next: a value, the first item of a list or object, what follows an item, or one more item. */
type Expected = 'value' | 'first value' | 'first key' | 'key' | 'after'

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
const SPACE = /[ \t\n\r]*/y

/**
 * Where `text` stops being JSON, or undefined when it is JSON. Engines word their own messages differently, and
 * some name no place. Keeps its own stack, so no nesting is too deep for it.
 */
export function firstMistake(text: string): number | undefined {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let at = endOf(SPACE, text, 0)
  for (;;) {
    const char = text[at]
    const inside = open[open.length - 1]
    let end: number
    if (expected === 'after') {
      if (inside === undefined) return at < text.length ? at : undefined
      if (char !== ',' && char !== (inside === '{' ? '}' : ']')) return at
      end = at + 1
      if (char === ',') expected = inside === '{' ? 'key' : 'value'
      else open.pop()
    } else if ((expected === 'first key' && char === '}') || (expected === 'first value' && char === ']')) {
      end = at + 1
      open.pop()
      expected = 'after'
    } else if (expected === 'key' || expected === 'first key') {
      const key = stringEnd(text, at)
      if (key.mistake) return key.at
      end = endOf(SPACE, text, key.at)
      if (text[end] !== ':') return end
      end += 1
      expected = 'value'
    } else if (char === '{' || char === '[') {
      open.push(char)
      end = at + 1
      expected = char === '{' ? 'first key' : 'first value'
    } else {
      const scalar = scalarEnd(text, at)
      if (scalar.mistake) return scalar.at
      end = scalar.at
      expected = 'after'
    }
    at = endOf(SPACE, text, end)
  }
}

interface Scan {
  readonly mistake: boolean
  /** The end of what was scanned, or where it goes wrong. */
  readonly at: number
}

function scalarEnd(text: string, at: number): Scan {
  if (text[at] === '"') return stringEnd(text, at)
  const end = Math.max(endOf(NUMBER, text, at), endOf(WORD, text, at))
  return { mistake: end === at, at: end }
}

/** The end of the match of a sticky `pattern` at `at`; `at` itself when it does not match. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** All but quotes, backslashes and control characters. */
const PLAIN = /[ !#-[\]-\uffff]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

function stringEnd(text: string, start: number): Scan {
  if (text[start] !== '"') return { mistake: true, at: start }
  let at = start + 1
  for (;;) {
    at = endOf(PLAIN, text, at)
    if (text[at] === '"') return { mistake: false, at: at + 1 }
    const next = endOf(ESCAPE, text, at)
    if (next === at) return { mistake: true, at }
    at = next
  }
}
