import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Camera } from '../../editor/types.ts'
import { Coast, flickSpeed } from './coast.ts'

let callbacks: FrameRequestCallback[] = []
let isStill = false

beforeEach(() => {
  callbacks = []
  isStill = false
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => callbacks.push(callback))
  vi.stubGlobal('cancelAnimationFrame', () => (callbacks = []))
  vi.stubGlobal('matchMedia', () => ({ matches: isStill }))
})
afterEach(() => {
  vi.unstubAllGlobals()
})

/** An editor that has a camera, and frames of 16 ms. */
class Glass {
  state: { camera: Camera } = { camera: { x: 0, y: 0, zoom: 2 } }
  #now = 0
  look(camera: Camera): void {
    this.state = { camera }
  }
  /** Runs what is asked for, at most `most` frames. Returns how many there were. */
  run(most: number): number {
    let frames = 0
    for (; callbacks.length > 0 && frames < most; frames++) {
      this.#now += 16
      for (const callback of callbacks.splice(0)) callback(this.#now)
    }
    return frames
  }
}

function flicked(glass: Glass, restsFor = 0): Coast {
  const coast = new Coast(glass)
  for (let time = 0; time <= 60; time += 10) coast.track([time, 0], time)
  coast.release(60 + restsFor)
  return coast
}

test('after a flick the view goes on, slower and slower, and comes to rest by itself', () => {
  const glass = new Glass()
  flicked(glass)
  glass.run(10)
  const early = glass.state.camera.x
  expect(early).toBeLessThan(-40)
  expect(glass.run(1000)).toBeLessThan(120)
  // In all about speed by time: a pixel per ms for 320 ms, half as many units at that zoom.
  expect(glass.state.camera.x).toBeGreaterThan(-165)
  expect(glass.state.camera.x).toBeLessThan(-145)
})

test('a pointer that rested before it was lifted throws nothing', () => {
  const glass = new Glass()
  flicked(glass, 50)
  expect(glass.run(10)).toBe(0)
})

test('people who want no motion get none', () => {
  isStill = true
  const glass = new Glass()
  flicked(glass)
  expect(glass.run(10)).toBe(0)
})

test('it ends when something else moves the view, or a pointer comes down', () => {
  const glass = new Glass()
  flicked(glass)
  glass.run(3)
  glass.look({ x: 7, y: 7, zoom: 1 })
  expect(glass.run(100)).toBe(1)
  expect(glass.state.camera).toEqual({ x: 7, y: 7, zoom: 1 })
  const coast = flicked(glass)
  coast.stop()
  expect(glass.run(100)).toBe(0)
})

test('a slow drag is no flick, and the fastest one is limited', () => {
  const trail = (speed: number) => [0, 20, 40, 60].map(time => ({ at: [time * speed, 0] as const, time }))
  expect(flickSpeed(trail(0.2), 60)).toBeNull()
  expect(flickSpeed(trail(1), 60)).toEqual([1, 0])
  expect(flickSpeed(trail(100), 60)?.[0]).toBeCloseTo(4)
  expect(flickSpeed([], 0)).toBeNull()
})
