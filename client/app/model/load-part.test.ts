import { expect, test, vi } from 'vitest'
import { fakeClock } from '../../../shared/testing/fake-clock.ts'
import { withPart } from './load-part.ts'
import { Notices } from './notices.ts'

/** Fails so many times, then loads. */
function part(failures: number) {
  const use = vi.fn()
  const onMissing = vi.fn()
  let left = failures
  const load = async () => {
    if (left-- > 0) throw new TypeError('Failed to fetch dynamically imported module')
    return 'code'
  }
  return { name: 'The library', load, use, onMissing }
}

const settled = () => new Promise<void>(resolve => queueMicrotask(() => queueMicrotask(resolve)))

async function press(notices: Notices): Promise<void> {
  const [{ id, action } = { id: 0, action: undefined }] = notices.list
  notices.dismiss(id)
  action?.run()
  for (let i = 0; i < 4; i++) await settled()
}

test('what could not be loaded is told of, and done once the person tries again', async () => {
  const notices = new Notices(fakeClock())
  const late = part(1)
  await withPart(notices, late)
  expect(late.use).not.toHaveBeenCalled()
  expect(late.onMissing).toHaveBeenCalledOnce()
  expect(notices.list.map(({ text, action }) => [text, action?.label])).toEqual([
    ['The library could not be loaded. Check the connection, then try again.', 'Try again'],
  ])
  await press(notices)
  expect(late.use).toHaveBeenCalledExactlyOnceWith('code')
  expect(notices.list).toEqual([])
})

test('where trying again does not help, a reload is offered', async () => {
  const notices = new Notices(fakeClock())
  await withPart(notices, part(9))
  await press(notices)
  await press(notices)
  expect(notices.list.map(({ action }) => action?.label)).toEqual(['Reload'])
})

test('a failure of what is done with it is not one of loading', async () => {
  const notices = new Notices(fakeClock())
  const broken = { ...part(0), use: () => Promise.reject(new Error('full')) }
  await expect(withPart(notices, broken)).rejects.toThrow('full')
  expect(notices.list).toEqual([])
})
