import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Crowd } from './crowd.ts'
import type { Order, Report } from './messages.ts'

/** ms between two reports. */
const SECOND = 1000

let crowd: Crowd | null = null
let reporting: NodeJS.Timeout | null = null
const delay = monitorEventLoopDelay({ resolution: 5 })
let used = process.cpuUsage()

const say = (report: Report): void => {
  process.send?.(report)
}

function report(): void {
  if (!crowd) return
  const { user, system } = process.cpuUsage(used)
  used = process.cpuUsage()
  const stalled = delay.max / 1e6
  delay.reset()
  say({
    type: 'second',
    here: crowd.here,
    second: crowd.tally.take({ cpu: (user + system) / 1000, stalled }),
  })
}

async function follow(order: Order): Promise<void> {
  switch (order.type) {
    case 'prepare':
      crowd = new Crowd(order.plan, order.process)
      await crowd.prepare()
      return say({ type: 'done', order: order.type })
    case 'join':
      await crowd?.join()
      return say({ type: 'done', order: order.type })
    case 'go':
      delay.enable()
      // What came before the start is not counted.
      crowd?.tally.take({ cpu: 0, stalled: 0 })
      used = process.cpuUsage()
      reporting = setInterval(report, SECOND)
      crowd?.go(order.at)
      return say({ type: 'done', order: order.type })
    case 'settle': {
      const settled = await crowd?.settle(order.atMost)
      if (reporting) clearInterval(reporting)
      report()
      return settled && say({ type: 'settled', settled })
    }
    case 'compare':
      return say({ type: 'compared', rooms: (await crowd?.compare()) ?? [] })
    case 'quit':
      crowd?.quit()
      return process.disconnect()
  }
}

setInterval(() => say({ type: 'alive', here: crowd?.here ?? 0 }), SECOND).unref()
process.on('message', (order: Order) => {
  follow(order).catch((error: unknown) =>
    say({ type: 'failed', message: error instanceof Error ? error.message : String(error) }),
  )
})
// Such as a message in the midst of a run that is none of the protocol.
process.on('uncaughtException', error =>
  say({ type: 'failed', message: `A process of the generator failed: ${error.message}` }),
)
// Whoever started this process is gone.
process.on('disconnect', () => process.exit(0))
