import { memoryStore } from './memory-store.ts'
import { objectStoreContract } from './object-store.contract.ts'

objectStoreContract('the memory store', async () => ({ store: memoryStore(), remove: async () => undefined }))
