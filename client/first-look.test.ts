import { describe, expect, test } from 'vitest'
import { boxContainsBox } from '../shared/geometry/box.ts'
import type { KnownShape } from '../shared/shapes/index.ts'
import { Cell } from '../shared/util/readable.ts'
import { visibleBox } from './editor/camera.ts'
import { boundsOf } from './editor/preview.ts'
import { box, Rig } from './editor/testing/rig.ts'
import { lookAtFirst } from './first-look.ts'
import type { RelayState } from './sync/relay-link.ts'

const PHONE = { w: 390, h: 844 }
const SYNCED: RelayState = { at: 'synced', durable: true }
/** Wider than a phone shows. */
const WIDE = [box('a', { pos: [20, 100], size: [200, 80] }), box('b', { pos: [900, 400], size: [200, 80] })]

function draw(rig: Rig, shapes: readonly KnownShape[]): void {
  rig.board.transact(shapes.map(shape => ({ op: 'create', shape })))
}

function drag(rig: Rig): void {
  rig.editor.use('rectangle')
  rig.down([100, 100])
  rig.move([200, 200])
}

function seesAll({ editor }: Rig): boolean {
  const all = boundsOf(editor.board.ordered, editor.lineWidth)
  return all !== undefined && boxContainsBox(visibleBox(editor.state.camera, editor.state.viewport), all)
}

/** A board on a phone, with these shapes on the device; `open` loads it. */
function boardOf(...shapes: readonly KnownShape[]) {
  const rig = new Rig()
  rig.editor.resize(PHONE)
  const relay = new Cell<RelayState>({ at: 'offline' })
  let resolve = () => {}
  const loaded = new Promise<void>(done => {
    resolve = done
  })
  let ends = 0
  const close = lookAtFirst(rig.editor, { loaded, relay }, () => ends++)
  const open = async () => {
    draw(rig, shapes)
    resolve()
    await loaded
  }
  return { rig, relay, open, close, ended: () => ends }
}

describe('the first look at a board', () => {
  test('what this device holds is shown whole once it is loaded, without waiting for the relay', async () => {
    const { rig, open } = boardOf(...WIDE)
    await open()
    expect(seesAll(rig)).toBe(true)
    expect(rig.editor.state.camera.zoom).toBeLessThan(1)
  })

  test('what only the relay holds is shown whole once all of it is there', async () => {
    const { rig, relay, open, ended } = boardOf()
    await open()
    draw(rig, WIDE)
    expect(rig.editor.state.camera).toEqual({ x: 0, y: 0, zoom: 1 })
    expect(ended()).toBe(0)
    relay.set(SYNCED)
    expect(seesAll(rig)).toBe(true)
    expect(ended()).toBe(1)
  })

  test('little that lies elsewhere comes to the middle, and is not enlarged', async () => {
    const { rig, open } = boardOf(box('far', { pos: [5000, 5000], size: [20, 20] }))
    await open()
    expect(rig.editor.state.camera).toEqual({ x: 5010 - 195, y: 5010 - 422, zoom: 1 })
  })

  test('what is in view already stays where it is', async () => {
    const { rig, open, ended } = boardOf(box('near', { pos: [20, 100], size: [200, 80] }))
    await open()
    expect(rig.editor.state.camera).toEqual({ x: 0, y: 0, zoom: 1 })
    expect(ended()).toBe(1)
  })

  test('what is hidden is not looked for', async () => {
    const near = box('near', { pos: [20, 100], size: [200, 80] })
    const { rig, open } = boardOf(near, box('far', { pos: [5000, 5000], hidden: true }))
    await open()
    expect(rig.editor.state.camera).toEqual({ x: 0, y: 0, zoom: 1 })
  })

  test('nothing that others draw afterwards moves the view, nor on a board that was empty', async () => {
    for (const shapes of [WIDE, []]) {
      const { rig, relay, open } = boardOf(...shapes)
      await open()
      relay.set(SYNCED)
      const { camera } = rig.editor.state
      draw(rig, [box('later', { pos: [9000, 9000] })])
      relay.set({ at: 'offline' })
      relay.set(SYNCED)
      expect(rig.editor.state.camera).toEqual(camera)
    }
  })

  test.each([
    ['moved the camera', (rig: Rig) => rig.editor.look({ x: 7, y: 7, zoom: 1 })],
    ['selected something', (rig: Rig) => rig.editor.select(['own'])],
    ['is drawing', (rig: Rig) => drag(rig)],
  ])('who %s meanwhile is not led away', async (_, goOn) => {
    const { rig, relay, open, ended } = boardOf()
    await open()
    draw(rig, [box('own', { pos: [50, 50] })])
    goOn(rig)
    const { camera } = rig.editor.state
    draw(rig, WIDE)
    relay.set(SYNCED)
    expect(rig.editor.state.camera).toEqual(camera)
    expect(ended()).toBe(1)
  })

  test('a canvas that has no size yet is waited for', async () => {
    const { rig, open } = boardOf(...WIDE)
    rig.editor.resize({ w: 0, h: 0 })
    await open()
    expect(rig.editor.state.camera).toEqual({ x: 0, y: 0, zoom: 1 })
    rig.editor.resize(PHONE)
    expect(seesAll(rig)).toBe(true)
  })

  test('a page that was left is not looked at', async () => {
    const { rig, open, close, ended } = boardOf(...WIDE)
    close()
    await open()
    expect(rig.editor.state.camera).toEqual({ x: 0, y: 0, zoom: 1 })
    expect(ended()).toBe(0)
  })
})
