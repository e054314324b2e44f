import { ADAPTERS } from './adapters.testing.ts'
import { strangerContract } from './strangers.contract.ts'

for (const adapter of ADAPTERS) strangerContract(adapter)
