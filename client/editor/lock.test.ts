import { describe, expect, test } from 'vitest'
import { box, Rig } from './testing/rig.ts'

const apart = (id: string, x: number, given = {}) => box(id, { pos: [x, 0], ...given })

describe('a locked shape', () => {
  const rigOf = () => new Rig(apart('a', 0, { locked: true }), apart('b', 200))

  test('takes no pointer: no click, marquee, eraser, or key that selects', () => {
    const rig = rigOf()
    rig.click([50, 25])
    expect(rig.selection).toEqual([])
    rig.drag([-20, -20], [400, 200])
    expect(rig.selection).toEqual(['b'])
    rig.editor.run('select-all')
    expect(rig.selection).toEqual(['b'])
    rig.editor.run('select-next')
    expect(rig.selection).toEqual(['b'])
    rig.editor.use('eraser')
    rig.drag([-20, 25], [120, 25])
    expect(rig.shapes).toHaveLength(2)
  })

  test('is found by a menu, is framed without handles, and is not changed by anything but unlocking', () => {
    const rig = rigOf()
    const before = rig.shape('rectangle', 'a')
    expect([...rig.editor.targetAt([50, 25])]).toEqual([])
    rig.editor.select(rig.editor.targetAt([50, 25], true))
    expect(rig.selection).toEqual(['a'])
    expect(rig.shownFrame()?.handles).toEqual([])
    for (const id of ['delete', 'nudge-left', 'order-to-front', 'flip-h']) rig.editor.run(id)
    rig.editor.setStyle({ stroke: '#ff0000' })
    rig.editor.edit('a')
    expect(rig.editor.state.editing).toBeNull()
    expect(rig.shape('rectangle', 'a')).toEqual(before)
    rig.editor.run('lock')
    expect(rig.shape('rectangle', 'a').locked).toBe(false)
    expect(rig.shownFrame()?.handles).not.toEqual([])
  })

  test('of a group stays where it is while the others are moved', () => {
    const rig = new Rig(apart('a', 0, { groups: ['g'], locked: true }), apart('b', 200, { groups: ['g'] }))
    rig.drag([250, 25], [260, 35])
    expect(rig.shape('rectangle', 'a').pos).toEqual([0, 0])
    expect(rig.shape('rectangle', 'b').pos).toEqual([210, 10])
  })

  test('that another locks while it is dragged is let go of', () => {
    const rig = new Rig(apart('a', 0), apart('b', 200))
    rig.down([50, 25])
    rig.move([80, 25])
    rig.board.transact([{ op: 'patch', id: 'a', patch: { locked: true } }])
    rig.move([90, 25])
    expect(rig.editor.state.preview).toBeNull()
    rig.up([90, 25])
    expect(rig.shape('rectangle', 'a').pos).toEqual([0, 0])
  })

  test('is unlocked with all others, which undo takes back', () => {
    const rig = rigOf()
    expect(rig.editor.canRun('unlock-all')).toBe(true)
    rig.editor.run('unlock-all')
    expect(rig.selection).toEqual(['a'])
    expect(rig.editor.canRun('unlock-all')).toBe(false)
    rig.editor.undo()
    expect(rig.shape('rectangle', 'a').locked).toBe(true)
  })

  test('gives a copy that is free', () => {
    const rig = rigOf()
    rig.editor.select(['a'])
    rig.editor.duplicate()
    expect(rig.selection).toHaveLength(1)
    expect(rig.shape('rectangle', rig.selection[0]).locked).toBe(false)
  })
})

describe('a hidden shape', () => {
  test('is not selected or touched, and comes back selected', () => {
    const rig = new Rig(apart('a', 0), apart('b', 200))
    rig.editor.select(['a'])
    rig.editor.run('hide')
    expect(rig.selection).toEqual([])
    rig.click([50, 25])
    rig.editor.run('select-all')
    expect(rig.selection).toEqual(['b'])
    expect([...rig.editor.targetAt([50, 25], true)]).toEqual([])
    rig.editor.run('show-all')
    expect(rig.selection).toEqual(['a'])
    expect(rig.editor.canRun('show-all')).toBe(false)
  })

  test('is no content to go back to', () => {
    const rig = new Rig(apart('a', 5000, { hidden: true }))
    expect(rig.editor.canRun('back-to-content')).toBe(false)
    rig.editor.run('show-all')
    expect(rig.editor.canRun('back-to-content')).toBe(true)
    rig.editor.run('back-to-content')
    expect(rig.editor.seesContent()).toBe(true)
    expect(rig.editor.canRun('back-to-content')).toBe(false)
  })
})

test('on a board that may only be read nothing is arranged, locked, hidden or restyled', () => {
  const rig = new Rig(apart('a', 0), apart('b', 200, { pos: [200, 90] }), apart('c', 400, { locked: true }))
  rig.editor.select(['a', 'b'])
  rig.editor.run('copy-style')
  rig.board.lock('View only.')
  const ids = [
    'align-left',
    'stack-h',
    'tidy',
    'flip-h',
    'lock',
    'unlock-all',
    'hide',
    'show-all',
    'paste-style',
  ]
  expect(ids.filter(id => rig.editor.canRun(id))).toEqual([])
  expect(['copy-style', 'select-next', 'snapping', 'tool-lock'].filter(id => !rig.editor.canRun(id))).toEqual(
    [],
  )
})
