import { expect, test } from 'vitest'
import { Cell } from '../shared/util/readable.ts'
import { UnderWay, type UnderWayKind } from './under-way.ts'

test('something is under way until the last thing has ended, however often one says so', () => {
  const underWay = new UnderWay()
  const endFirst = underWay.begin('working')
  const endSecond = underWay.begin('working')
  endFirst()
  endFirst()
  expect(underWay.state).toBe('working')
  endSecond()
  expect(underWay.state).toBeNull()
})

test('the browser asks before the page goes while something could not be saved, and only then', () => {
  const underWay = new UnderWay()
  const page = new EventTarget()
  const asks = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }))
  const stop = underWay.askBeforeLeaving(page as Window)
  underWay.begin('working')
  expect(asks()).toBe(false)
  const end = underWay.begin('unsaved')
  expect(asks()).toBe(true)
  end()
  expect(asks()).toBe(false)
  underWay.begin('unsaved')
  stop()
  expect(asks()).toBe(false)
})

test('what cannot be saved goes before what will soon be done', () => {
  const underWay = new UnderWay()
  const endSaving = underWay.begin('unsaved')
  underWay.begin('working')
  expect(underWay.state).toBe('unsaved')
  endSaving()
  expect(underWay.state).toBe('working')
})

test('a part that is followed counts while it says so, is never told as at rest in between, and no longer once let go', () => {
  const underWay = new UnderWay()
  const part = new Cell<UnderWayKind | null>('working')
  const told: (UnderWayKind | null)[] = []
  underWay.subscribe(state => told.push(state))
  const stop = underWay.follow(
    () => part.state,
    look => part.subscribe(look),
  )
  part.set('unsaved')
  part.set('working')
  stop()
  part.set('unsaved')
  expect(told).toEqual(['working', 'unsaved', 'working', null])
})
