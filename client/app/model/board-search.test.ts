import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Passage, search } from './board-search.ts'
import type { ListedBoard } from './listed-board.ts'

const board = (title: string, text = ''): ListedBoard => ({
  id: title,
  title,
  openedAt: 0,
  viewOnly: false,
  content: { changedAt: 0, bytes: 0, shapes: 1, text, pictures: null },
})

const titles = (boards: readonly ListedBoard[], query: string) =>
  search(boards, query).map(found => found.board.title)

/** What was found is between brackets. */
const shown = (passages: readonly Passage[] | null | undefined): string =>
  (passages ?? []).map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('')

const BOARDS = [
  board('Café plans', 'Menu\nOpening in spring'),
  board('Garden', 'Tomatoes, café table'),
  board(''),
]

test('without a word every board is found, in the order given', () => {
  for (const query of ['', '   ']) expect(titles(BOARDS, query)).toEqual(['Café plans', 'Garden', ''])
})

test.each([
  ['cafe', ['Café plans', 'Garden']],
  ['CAFÉ', ['Café plans', 'Garden']],
  ['plan', ['Café plans']],
  ['tomatoes table', ['Garden']],
  ['café spring', ['Café plans']],
  ['garden spring', []],
  ['untitled', ['']],
  ['nowhere', []],
])('%j finds %j', (query, expected) => {
  expect(titles(BOARDS, query)).toEqual(expected)
})

test.each([
  ['ΟΔΟΣ', 'οδός'],
  ['istanbul', 'İSTANBUL'],
  ['Å', 'Angstrom a\u030A'],
  ['한국', '한국어'],
])('%j is found in %j', (query, title) => {
  expect(titles([board(title)], query)).toEqual([title])
})

describe('what was found is marked', () => {
  test('in the title, with its diacritics', () => {
    const [found] = search([board('Un café, deux cafés')], 'cafe')
    expect(shown(found?.title)).toBe('Un [café], deux [café]s')
    expect(found?.excerpt).toBeNull()
  })

  test('in an excerpt, when the board itself says it', () => {
    const [found] = search(
      [board('Garden', `${'weeds '.repeat(20)}Tomatoes\nand beans ${'more '.repeat(30)}`)],
      'tomato',
    )
    expect(shown(found?.excerpt)).toMatch(/^… (weeds )+\[Tomato\]es · and beans (more )+m?o?r?…$/)
  })

  test('in an excerpt that cuts no character in half', () => {
    const text = `${'🦦'.repeat(30)}x${'🦦'.repeat(60)}`
    for (const lead of ['', 'a', 'ab']) {
      const [found] = search([board('-', lead + text)], 'x')
      expect(shown(found?.excerpt)).toMatch(/^… (?:🦦)+\[x\](?:🦦)+…$/u)
    }
  })

  test('every word, also where two of them overlap', () => {
    expect(shown(search([board('banana')], 'ban ana')[0]?.title)).toBe('[banana]')
  })

  test('nothing is lost, whatever the text and the query', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.string({ unit: 'grapheme' }),
        (title, query) => {
          for (const found of search([board(title)], query))
            expect(found.title.map(({ text }) => text).join('')).toBe(title)
        },
      ),
    )
  })

  test('any part of a text is found in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'aäÄßİ日🦦 .'), { minLength: 1 }),
        fc.nat(),
        fc.nat(),
        (text, a, b) => {
          const part = text
            .slice(a % text.length, (a % text.length) + 1 + (b % 5))
            .join('')
            .trim()
          fc.pre(part !== '')
          const [found] = search([board('-', text.join(''))], part)
          expect(found?.excerpt?.some(({ isMatch }) => isMatch)).toBe(true)
        },
      ),
    )
  })
})
