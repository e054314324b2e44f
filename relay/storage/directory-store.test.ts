import { temporaryFolder } from '../testing/temporary-folder.ts'
import { openDirectoryStore } from './directory-store.ts'
import { objectStoreContract } from './object-store.contract.ts'

objectStoreContract('the directory store', async () => {
  const { path, remove } = await temporaryFolder()
  return { store: await openDirectoryStore(path), remove }
})
