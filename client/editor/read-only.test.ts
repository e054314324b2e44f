import { describe, expect, test } from 'vitest'
import type { Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { box, Rig } from './testing/rig.ts'

const WHY = 'You can look at this board, not change it.'

const WRITING = ['rectangle', 'diamond', 'ellipse', 'arrow', 'line', 'ink', 'text', 'eraser'] as const

describe('a board that may not be changed', () => {
  test('takes no tool that would write, by key or by button, and leaves those for looking around', () => {
    const rig = new Rig(box('a'))
    rig.board.lock(WHY)
    for (const tool of WRITING) {
      expect([tool, rig.editor.canRun(`tool-${tool}`)]).toEqual([tool, false])
      rig.editor.use(tool)
      expect(rig.editor.state.tool).toBe('select')
    }
    rig.editor.use('hand')
    expect(rig.editor.state.tool).toBe('hand')
  })

  test('is selected from, copied and zoomed, and shows no handles that nobody could pull', async () => {
    const rig = new Rig(box('a'))
    rig.board.lock(WHY)
    rig.click([50, 25])
    expect(rig.selection).toEqual(['a'])
    expect(rig.shownFrame()).toMatchObject({ box: { x: 0, y: 0, w: 100, h: 50 }, handles: [] })
    expect(rig.editor.canRun('copy')).toBe(true)
    rig.editor.run('copy')
    expect(rig.clipboardText).toContain('rectangle')
    rig.editor.run('zoom-in')
    expect(rig.editor.state.camera.zoom).toBeGreaterThan(1)
  })

  test('is not changed by a drag, nor does the drag show that it would be', () => {
    const rig = new Rig(box('a'))
    rig.board.lock(WHY)
    rig.down([50, 25])
    rig.move([90, 80])
    expect(rig.editor.state.preview).toBeNull()
    rig.up([90, 80])
    expect(rig.shape('rectangle').pos).toEqual([0, 0])
  })

  test('has no handles, neither to be seen nor to be taken hold of, until it can be changed', () => {
    const rig = new Rig(
      box('a'),
      makeShape('table', { id: 't', z: 'a1', pos: [0, 100], size: [300, 90], text: 'a\tb' }),
    )
    const cursorAt = (at: Vec) => {
      rig.move(at)
      return rig.editor.state.cursor
    }
    for (const [id, at, cursor] of [
      ['a', [100, 50], 'nwse-resize'],
      ['t', [150, 120], 'col-resize'],
    ] as const) {
      rig.editor.select([id])
      expect(cursorAt(at)).toBe(cursor)
      rig.board.lock(WHY)
      expect(cursorAt(at)).not.toBe(cursor)
      rig.drag(at, [180, 180])
      rig.board.lock(undefined)
      rig.editor.select([id])
      expect(cursorAt(at)).toBe(cursor)
    }
    expect(rig.shape('rectangle').size).toEqual([100, 50])
    expect(rig.shape('table').columns).toEqual([])
  })

  test('becomes so in the middle of a gesture: nothing of it is kept, and the tool is put down', () => {
    const rig = new Rig()
    rig.editor.use('rectangle')
    rig.down([0, 0])
    rig.move([80, 60])
    expect(rig.editor.state.preview).not.toBeNull()
    rig.board.lock(WHY)
    expect([rig.editor.state.preview, rig.editor.state.tool]).toEqual([null, 'select'])
    rig.up([80, 60])
    expect(rig.shapes).toEqual([])
  })

  test('becomes so while somebody types: what they typed is kept, and typing ends', () => {
    const rig = new Rig(box('a'))
    rig.editor.edit('a')
    rig.editor.text.type('half a th')
    rig.board.lock(WHY)
    expect(rig.editor.state.editing).toBeNull()
    expect(rig.shape('rectangle').text).toBe('half a th')
    rig.editor.edit('a')
    expect(rig.editor.state.editing).toBeNull()
  })

  test('can be changed again as soon as that is allowed', () => {
    const rig = new Rig()
    rig.board.lock(WHY)
    rig.board.lock(undefined)
    rig.editor.use('rectangle')
    rig.drag([0, 0], [80, 60])
    expect(rig.shapes).toHaveLength(1)
  })

  test('tells those who show it, once for each change of that', () => {
    const rig = new Rig()
    let told = 0
    rig.editor.subscribe(() => (told += 1))
    rig.board.lock(WHY)
    rig.board.lock(WHY)
    expect([told, rig.board.readOnly]).toEqual([1, WHY])
  })
})
