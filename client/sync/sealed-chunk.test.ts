import { describe, expect, test } from 'vitest'
import { completed, resultOf } from './indexeddb-database.ts'
import { addRecord, inDatabase, isSaved, opened, records } from './sealed-board.testing.ts'
import { eventually, reached } from './wait.testing.ts'

describe('chunks that cannot be read', () => {
  test('a record that cannot be read is reported and kept, the rest is on the board, and the rest is merged', async () => {
    const first = await opened('damaged')
    first.shapes.set('before', 1)
    await first.board.close()
    const [whole] = await records('damaged')
    const torn = whole?.slice() as Uint8Array
    torn[torn.length - 3] = (torn.at(-3) as number) ^ 1
    const strange = [torn, Uint8Array.of(255, 255, 255, 9), 'not even bytes']
    for (const record of strange) await addRecord('damaged', record)
    const second = await opened('damaged')
    expect(second.board.state).toMatchObject({ at: 'failed', reason: 'corrupt' })
    expect(second.shapes.toJSON()).toEqual({ before: 1 })
    // With the one that could be read, as many as make a merge due: none is still being written then.
    for (let i = 0; i < 399; i += 1) second.shapes.set('after', i)
    await eventually('a merge is due', () => second.clock.waiting === 1)
    second.clock.advance(1_000)
    await second.board.close()
    const kept = await records('damaged')
    expect(kept).toHaveLength(strange.length + 1)
    expect(kept).toEqual(expect.arrayContaining(strange))
    expect((await opened('damaged')).shapes.toJSON()).toEqual({ before: 1, after: 398 })
  })

  test('a chunk of one board does not open on another, even under its key', async () => {
    const first = await opened('swap-a')
    first.shapes.set('a', 1)
    await first.board.close()
    await inDatabase('swap-b', async db => {
      const key: unknown = await inDatabase('swap-a', from =>
        resultOf(from.transaction('custom').objectStore('custom').get('key')),
      )
      const transaction = db.transaction(['updates', 'custom'], 'readwrite')
      transaction.objectStore('custom').put(key, 'key')
      await completed(transaction)
    })
    for (const record of await records('swap-a')) await addRecord('swap-b', record)
    const second = await opened('swap-b')
    expect(second.shapes.toJSON()).toEqual({})
    expect(second.board.state).toMatchObject({ at: 'failed', reason: 'corrupt' })
    await second.board.close()
  })

  test('a board whose key cannot be read opens in memory, says so, and is left as it is', async () => {
    const first = await opened('keyless')
    first.shapes.set('a', 1)
    await first.board.close()
    await inDatabase('keyless', db => {
      const transaction = db.transaction('custom', 'readwrite')
      transaction.objectStore('custom').put(new Uint8Array(61), 'key')
      return completed(transaction)
    })
    const second = await opened('keyless')
    expect(second.board.state).toMatchObject({ at: 'failed', reason: 'corrupt' })
    second.shapes.set('b', 2)
    expect(second.clock.waiting).toBe(0)
    await second.board.close()
    expect(await records('keyless')).toHaveLength(1)
  })
})

describe('merging chunks', () => {
  test('many chunks are merged into one once it is quiet, and nothing of them stays', async () => {
    const { board, clock, shapes } = await opened('merged')
    for (let i = 0; i < 400; i += 1) shapes.set('key', i)
    await reached(board, isSaved)
    expect(await records('merged')).toHaveLength(400)
    clock.advance(1_000)
    await board.close()
    const [only, ...others] = await records('merged')
    expect(others).toEqual([])
    expect(only?.length).toBeLessThan(200)
    expect((await opened('merged')).shapes.toJSON()).toEqual({ key: 399 })
  })

  test('chunks whose bytes are twice the state are merged', async () => {
    const { board, clock, shapes } = await opened('grown')
    for (let i = 0; i < 9; i += 1) shapes.set('key', `${i}`.repeat(10_000))
    await reached(board, isSaved)
    clock.advance(1_000)
    await board.close()
    expect(await records('grown')).toHaveLength(1)
  })

  test('a tab that never rests is merged within half a minute', async () => {
    const { board, clock, shapes } = await opened('restless')
    const draw = async () => {
      shapes.set('key', clock.now())
      await reached(board, isSaved)
      clock.advance(900)
    }
    for (let i = 0; i < 400; i += 1) shapes.set('key', i)
    await reached(board, isSaved)
    for (let i = 0; i < 40; i += 1) await draw()
    await board.close()
    expect((await records('restless')).length).toBeLessThan(60)
  })
})
