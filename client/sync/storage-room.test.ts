import { describe, expect, test } from 'vitest'
import { storageRoom } from './storage-room.ts'

const refuse = () => Promise.reject(new TypeError('not here'))

describe('the room for storage', () => {
  test('is what the browser estimates, and never less than none', async () => {
    const room = (usage: number, quota: number) => storageRoom({ estimate: async () => ({ usage, quota }) })
    expect(await room(30, 100).estimate()).toEqual({ used: 30, free: 70 })
    expect(await room(130, 100).estimate()).toEqual({ used: 130, free: 0 })
  })

  test('is unknown where the browser does not tell, or fails', async () => {
    for (const manager of [undefined, {}, { estimate: async () => ({}) }, { estimate: refuse }]) {
      expect(await storageRoom(manager).estimate()).toBe(null)
    }
  })

  test('is kept when the browser says so, refused when it does not, unknown when it cannot', async () => {
    expect(await storageRoom({ persist: async () => true }).persist()).toBe('kept')
    expect(await storageRoom({ persist: async () => false }).persist()).toBe('refused')
    for (const manager of [undefined, {}, { persist: refuse }]) {
      expect(await storageRoom(manager).persist()).toBe('unknown')
    }
  })

  test('counts as not kept where nobody knows', async () => {
    expect(await storageRoom({ persisted: async () => true }).isPersisted()).toBe(true)
    expect(await storageRoom({ persisted: refuse }).isPersisted()).toBe(false)
    expect(await storageRoom(undefined).isPersisted()).toBe(false)
  })
})
