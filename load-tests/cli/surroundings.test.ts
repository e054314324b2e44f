import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { checkCores, checkSurroundings } from './surroundings.ts'
import { UsageError } from './values.ts'

const nothing = { pid: null, metrics: null, core: null, generatorCores: null }

test('a process that is there is good, and one that is not is refused', async () => {
  await checkSurroundings({ ...nothing, pid: process.pid })
  // Beyond what Linux gives out.
  await expect(checkSurroundings({ ...nothing, pid: 4_194_304 })).rejects.toThrow(
    new UsageError('--pid is 4194304. There is no such process on this machine.'),
  )
})

test('metrics that do not answer, answer otherwise, or lack the figure are refused', async () => {
  const server = createServer(({ url }, response) => {
    if (url === '/none') response.writeHead(404)
    response.end(url === '/metrics' ? 'nodejs_eventloop_lag_p99_seconds 0.01' : 'hello')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const check = (metrics: string) => checkSurroundings({ ...nothing, metrics })
  await check(`${base}/metrics`)
  await expect(check(`${base}/none`)).rejects.toThrow('It gives no metrics: HTTP 404.')
  await expect(check(`${base}/other`)).rejects.toThrow('has no nodejs_eventloop_lag_p99_seconds')
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
  await expect(check(`${base}/metrics`)).rejects.toThrow('It gives no metrics: ')
})

test.each([
  ['9', '--generator-cores is "9". Give some of the cores that this tool may use: 0,1,3.'],
  ['0-3', '--generator-cores is "0-3". Give some of the cores'],
  ['3-1', '--generator-cores is "3-1". Give some of the cores'],
  ['99999999999', 'Give some of the cores'],
])('cores %s, which this machine lacks, are refused with those that it has', (generatorCores, words) => {
  expect(() => checkCores({ core: null, generatorCores }, [0, 1, 3], true)).toThrow(words)
})

test('cores that are there are good, where processes can be pinned', () => {
  checkCores({ core: 3, generatorCores: '0-1,3' }, [0, 1, 3], true)
  expect(() => checkCores({ core: 2, generatorCores: null }, [0, 1, 3], true)).toThrow(
    '--core is "2". Give one of the cores that this tool may use: 0,1,3.',
  )
  expect(() => checkCores({ core: 0, generatorCores: null }, [0], false)).toThrow('--core needs Linux')
  checkCores({ core: null, generatorCores: null }, [0], false)
})
