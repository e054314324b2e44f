import { objectStoreContract } from './object-store.contract.ts'
import { openS3Store } from './s3-store.ts'
import { describeS3, ownPrefix } from './testing/s3.ts'

describeS3('with a real server', server => {
  objectStoreContract('the S3 store', async () => {
    const store = openS3Store(ownPrefix(server))
    return {
      store,
      remove: async () => {
        await store.remove((await store.list('')).map(({ key }) => key))
        await store.close()
      },
    }
  })
})
