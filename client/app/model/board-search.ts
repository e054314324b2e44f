import { fold } from '../../../shared/util/fold.ts'
import { type ListedBoard, shownTitle } from './listed-board.ts'

/** A part of a text, and whether the search has found it. */
export interface Passage {
  readonly text: string
  readonly isMatch: boolean
}

export interface FoundBoard {
  readonly board: ListedBoard
  readonly title: readonly Passage[]
  /** Where it is written on the board; null when the title alone has every word. */
  readonly excerpt: readonly Passage[] | null
}

/** Characters shown before and after what was found. */
const BEFORE = 24
const AFTER = 72

/**
 * The boards that have every word of `query` in their title or on them, in the order given; all of them for no word. Words are parts
 * of words, and case and diacritics do not count.
 */
export function search(boards: readonly ListedBoard[], query: string): readonly FoundBoard[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  return boards.flatMap(board => {
    const found = find(board, words)
    return found ? [found] : []
  })
}

function find(board: ListedBoard, words: readonly string[]): FoundBoard | null {
  const title = shownTitle(board)
  const text = board.content?.text ?? ''
  const inTitle = fold(title)
  const missing = words.filter(word => !inTitle.includes(word))
  if (missing.length === 0) return { board, title: marked(title, words), excerpt: null }
  const inText = folded(text)
  if (!missing.every(word => inText.includes(word))) return null
  return { board, title: marked(title, words), excerpt: excerptOf(text, words, missing) }
}

const known = new Map<string, string>()
/** Texts of boards, folded, that are kept between two letters of a query before starting over. */
const REMEMBERED = 1_000

function folded(text: string): string {
  const before = known.get(text)
  if (before !== undefined) return before
  const after = fold(text)
  if (known.size >= REMEMBERED) known.clear()
  known.set(text, after)
  return after
}

/** The text around the first of the words that is in it. */
function excerptOf(text: string, words: readonly string[], missing: readonly string[]): readonly Passage[] {
  const first = Math.min(...missing.map(word => folded(text).indexOf(word)).filter(at => at >= 0))
  const found = originalIndex(text, first)
  const from = wordStart(text, Math.max(0, found - BEFORE), found)
  const to = Math.min(text.length, found + AFTER)
  const shown = wellFormed(text.slice(from, to)).replaceAll('\n', ' · ')
  const passages = marked(shown, words)
  return [
    ...(from > 0 ? [{ text: '… ', isMatch: false }] : []),
    ...passages,
    ...(to < text.length ? [{ text: '…', isMatch: false }] : []),
  ]
}

/** Without the half of a character at either end. */
const wellFormed = (text: string): string =>
  text.replace(/^[\udc00-\udfff]/, '').replace(/[\ud800-\udbff]$/, '')

/** Where a word begins after `at`, but not behind `before`. */
function wordStart(text: string, at: number, before: number): number {
  if (at === 0) return 0
  const space = text.slice(at, before).search(/\s/)
  return space < 0 ? at : at + space + 1
}

/** Where in the text the character is of which `at` is the index in the folded text. */
function originalIndex(text: string, at: number): number {
  let length = 0
  let index = 0
  for (const character of text) {
    const next = length + fold(character).length
    if (next > at) return index
    length = next
    index += character.length
  }
  return index
}

/** The text in passages: what one of the words has found, and the rest. */
function marked(text: string, words: readonly string[]): readonly Passage[] {
  if (words.length === 0) return [{ text, isMatch: false }]
  const { isMatch, characters } = matches(text, words)
  const passages: { text: string; isMatch: boolean }[] = []
  characters.forEach((character, i) => {
    const last = passages.at(-1)
    if (last && last.isMatch === isMatch[i]) last.text += character
    else passages.push({ text: character, isMatch: isMatch[i] === true })
  })
  return passages
}

function matches(text: string, words: readonly string[]) {
  const characters = [...text]
  /** The character that each unit of the folded text belongs to. */
  const owners: number[] = []
  let whole = ''
  characters.forEach((character, i) => {
    const plain = fold(character)
    whole += plain
    for (let unit = 0; unit < plain.length; unit++) owners.push(i)
  })
  const isMatch: boolean[] = characters.map(() => false)
  for (const word of words) {
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + 1)) {
      for (let unit = at; unit < at + word.length; unit++) isMatch[owners[unit] as number] = true
    }
  }
  return { characters, isMatch }
}
