import { expect, test } from 'vitest'
import { type Deed, itemText, type ReviewItem, summaryText } from './review.ts'

const NONE = { added: 0, changed: 0, removed: 0 }

test.each([
  [['Ana'], { changed: 12 }, { changed: 7 }, 2, 'Ana changed 12 shapes, you changed 7, 2 in common.'],
  [['Ana', 'Ben'], { added: 1 }, {}, 0, 'Ana and Ben added 1 shape while you were away.'],
  [
    ['Ana', 'Ben', 'Cleo'],
    { added: 2, removed: 1 },
    { removed: 1 },
    0,
    'Ana, Ben and others changed 3 shapes, you removed 1.',
  ],
  [[], { removed: 1200 }, { added: 1 }, 1, 'Others removed 1,200 shapes, you added 1, 1 in common.'],
] as const)('the banner for %j', (names, theirs, mine, common, text) => {
  const summary = { names, theirs: { ...NONE, ...theirs }, mine: { ...NONE, ...mine }, common }
  expect(summaryText(summary)).toBe(text)
})

const changed = (...keys: readonly string[]): Deed => ({ did: 'changed', keys })
const item = (given: Partial<ReviewItem>): ReviewItem => ({
  type: 'rectangle',
  name: 'Ana',
  mine: { did: 'nothing' },
  theirs: { did: 'nothing' },
  contested: [],
  ...given,
})

test.each([
  [item({ theirs: { did: 'added' }, type: 'ink' }), 'Ana added this drawing.'],
  [item({ theirs: { did: 'removed' }, name: '' }), 'Somebody removed this rectangle.'],
  [item({ mine: changed('pos', 'size') }), 'You resized this rectangle.'],
  [
    item({ theirs: changed('stroke', 'fill', 'pos', 'text') }),
    'Ana moved and recoloured this rectangle and changed its text.',
  ],
  [item({ theirs: changed('text') }), 'Ana changed the text of this rectangle.'],
  [item({ mine: changed('pos'), theirs: changed('stroke') }), 'You moved this rectangle, Ana recoloured it.'],
  [
    item({ mine: changed('pos'), theirs: { did: 'removed' } }),
    'You moved this rectangle, Ana removed it: it is gone.',
  ],
  [
    item({
      mine: changed('pos'),
      theirs: changed('pos', 'width'),
      contested: [{ key: 'pos', won: 'theirs' }],
    }),
    'You moved this rectangle, Ana moved and restyled it. Ana’s place won.',
  ],
  [
    item({
      ...{ mine: changed('text', 'fill'), theirs: changed('text', 'fill'), name: '' },
      contested: [
        { key: 'text', won: 'both' },
        { key: 'fill', won: 'mine' },
      ],
    }),
    'You recoloured this rectangle and changed its text, somebody recoloured it and changed its text. What both typed was kept. Your fill won.',
  ],
])('what happened to one shape: %#', (one, text) => {
  expect(itemText(one)).toBe(text)
})
