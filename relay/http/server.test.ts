import { ADAPTERS } from './adapters.testing.ts'
import { requestContract } from './requests.contract.ts'
import { socketContract } from './server.contract.ts'

for (const adapter of ADAPTERS) {
  socketContract(adapter)
  requestContract(adapter)
}
