import { expect, test } from 'vitest'
import { makeShape } from '../../../shared/schema/read.ts'
import type { Table } from '../../../shared/shapes/table.ts'
import { Rig } from '../../editor/testing/rig.ts'
import { TypedCell } from './typed-cell.ts'

/** A field, and what is done with it on the board. */
class Hand {
  readonly rig: Rig
  readonly cell = new TypedCell()
  readonly field = {
    value: '',
    selectionStart: 0,
    selectionEnd: 0,
    setSelectionRange(from: number | null, to: number | null) {
      this.selectionStart = from ?? 0
      this.selectionEnd = to ?? 0
    },
  }

  constructor(text: string) {
    this.rig = new Rig(makeShape('table', { id: 't', z: 'a0', pos: [0, 0], size: [300, 120], text }))
    this.rig.editor.edit('t')
    this.show()
  }

  get table(): Table {
    return this.rig.shape('table')
  }

  show(): void {
    this.cell.show(this.field, this.table, this.rig.editor)
  }

  /** Types in place of what is selected in the field. */
  type(letters: string): void {
    const { value, selectionStart, selectionEnd } = this.field
    this.field.value = value.slice(0, selectionStart) + letters + value.slice(selectionEnd)
    this.field.setSelectionRange(selectionStart + letters.length, selectionStart + letters.length)
    this.cell.send(this.field, this.table, this.rig.editor)
    this.show()
  }

  press(key: 'Tab' | 'Enter', isBack = false): boolean {
    const next = this.cell.next(key, isBack, this.table, this.rig.editor)
    if (next) this.cell.goTo(next, this.table, this.rig.editor)
    this.show()
    return next !== undefined
  }
}

test('what is typed goes into the cell; Tab and Enter lead on, and Tab from the last cell adds a row', () => {
  const hand = new Hand('\t\n\t')
  hand.type('a')
  hand.press('Tab')
  hand.type('b')
  hand.press('Enter')
  hand.type('d')
  expect(hand.press('Enter')).toBe(false)
  hand.press('Tab')
  hand.type('e')
  expect(hand.table.text).toBe('a\tb\n\td\ne\t')
  hand.press('Tab', true)
  expect(hand.field.value).toBe('d')
  hand.type('D')
  expect(hand.table.text).toBe('a\tb\n\tD\ne\t')
})

test('a tab or a newline that is typed into a cell becomes a space', () => {
  const hand = new Hand('\t')
  hand.type('a\tb\nc')
  expect(hand.table.text).toBe('a b c\t')
})

test('a cell stays the one that is typed in while another adds rows, columns and letters before it', () => {
  const hand = new Hand('a\tb\nc\td')
  hand.press('Enter')
  hand.press('Tab')
  hand.rig.board.transact([{ op: 'text', id: 't', at: 3, remove: 0, insert: '\n\t' }])
  hand.rig.board.transact([{ op: 'text', id: 't', at: 0, remove: 1, insert: 'other' }])
  hand.show()
  hand.type('D')
  expect(hand.table.text).toBe('other\tb\n\t\nc\tD')
})

test('what another types into the same cell stays, and the caret keeps its place', () => {
  const hand = new Hand('word\t')
  hand.field.setSelectionRange(4, 4)
  hand.rig.board.transact([{ op: 'text', id: 't', at: 0, remove: 0, insert: 'my ' }])
  hand.type('s')
  expect(hand.table.text).toBe('my words\t')
  expect(hand.field).toMatchObject({ value: 'my words', selectionEnd: 8 })
})

test('a row that a merge left too short gets the cell that is gone to', () => {
  const hand = new Hand('a\tb\nc')
  hand.press('Enter')
  hand.press('Tab')
  hand.type('d')
  expect(hand.table.text).toBe('a\tb\nc\td')
})

test('a cell takes no more than the table can hold, and none of the others loses a letter', () => {
  const hand = new Hand(`\t${'x'.repeat(19_990)}`)
  hand.type('y'.repeat(50))
  expect(hand.table.text).toBe(`${'y'.repeat(9)}\t${'x'.repeat(19_990)}`)
})
