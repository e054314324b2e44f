/** Puts objects into the directory named by its argument for ever, and says on standard output which ones are stored. */
import { openDirectoryStore } from '../directory-store.ts'
import { objectOf } from './numbered-object.ts'

const store = await openDirectoryStore(process.argv[2] ?? '')
for (let number = 0; ; number += 1) {
  const { key, content } = objectOf(number)
  await store.put(key, content)
  process.stdout.write(`${number}\n`)
}
