import { describe, expect, test } from 'vitest'
import { makeShape } from '../../shared/schema/read.ts'
import { DocBoard } from '../board/doc-board.ts'
import { newDocument } from '../board/document.ts'
import { TOOLS } from '../shapes/index.ts'
import { copyText, pasteText } from './actions.ts'
import { Editor } from './editor.ts'
import { Rig } from './testing/rig.ts'

const image = (id = 'photo') =>
  makeShape('image', {
    ...{ id, z: 'a0', pos: [0, 0], size: [200, 100] },
    ...{ asset: 'ab'.repeat(32), natural: [400, 200] },
  })

describe('an image', () => {
  const pull = (handle: 'se' | 'e', to: readonly [number, number], shift = false) => {
    const rig = new Rig(image())
    rig.editor.select(['photo'])
    rig.drag(handle === 'se' ? [200, 100] : [200, 50], to, { modifiers: { shift } })
    return rig.shape('image')
  }

  test('keeps its ratio when it is pulled by a corner, unless shift is held', () => {
    expect(pull('se', [400, 110]).size).toEqual([400, 200])
    expect(pull('se', [400, 110], true).size).toEqual([400, 110])
  })

  test('is stretched by a side, and with shift keeps its ratio there', () => {
    expect(pull('e', [300, 50]).size).toEqual([300, 100])
    expect(pull('e', [300, 50], true).size).toEqual([300, 150])
  })

  test('is mirrored when it is pulled past its other side, and again when it is pulled back', () => {
    const rig = new Rig(image())
    rig.editor.select(['photo'])
    rig.drag([200, 50], [-100, 50])
    expect(rig.shape('image')).toMatchObject({ pos: [-100, 0], size: [100, 100], flip: [true, false] })
    rig.drag([-100, 50], [50, 50])
    expect(rig.shape('image')).toMatchObject({ pos: [0, 0], size: [50, 100], flip: [false, false] })
  })

  test('is hit by a click anywhere in its box', () => {
    const rig = new Rig(image())
    rig.click([100, 50])
    expect(rig.selection).toEqual(['photo'])
  })
})

/** An editor on a board of that name, and the boards that it was told to look for images in. */
function editorOn(board: string) {
  const lookedIn: string[] = []
  let ids = 0
  const editor = new Editor({
    board: new DocBoard(newDocument()),
    ...{ lineWidth: line => line.length, tools: TOOLS, newId: () => `${board}${ids++}`, now: () => 0 },
    images: {
      board,
      lookIn: other => lookedIn.push(other),
      choose: () => lookedIn.push('chosen'),
      replace: id => lookedIn.push(id),
    },
  })
  editor.resize({ w: 800, h: 600 })
  return { editor, lookedIn }
}

describe('copies of images', () => {
  test('tell the board that they are pasted on where their pixels are', () => {
    const from = editorOn('first')
    from.editor.commit([{ op: 'create', shape: image() }])
    from.editor.select(['photo'])
    const to = editorOn('second')
    pasteText(to.editor, copyText(from.editor) as string)
    expect(to.lookedIn).toEqual(['first'])
    expect(to.editor.selected).toMatchObject([{ type: 'image', asset: 'ab'.repeat(32) }])
  })

  test('alone name their board: other shapes leave it out of the clipboard', () => {
    const { editor } = editorOn('first')
    editor.commit([
      { op: 'create', shape: makeShape('ellipse', { id: 'e', z: 'a0', pos: [0, 0], size: [9, 9] }) },
    ])
    editor.select(['e'])
    expect(copyText(editor)).not.toContain('first')
  })
})

test('the command for images has them chosen, and does nothing where there are none, or on a board to look at', () => {
  const { editor, lookedIn } = editorOn('first')
  editor.run('image')
  expect(lookedIn).toEqual(['chosen'])
  expect(new Rig().editor.canRun('image')).toBe(false)
})
