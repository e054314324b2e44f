import type { Highest } from '../result.ts'
import type { Entry } from '../run/comparison.ts'
import { type Standing, standingOf } from '../verdict.ts'
import { mib, ms, short, table } from './text.ts'

/** What the contenders cost under each workload, and how that compares with what bare fan-out costs, where that ran too. */
export function ratioTable(entries: readonly Entry[]): string {
  const workloads = [...new Set(entries.map(entry => entry.workload))]
  return workloads
    .map(workload => {
      const own = entries.filter(entry => entry.workload === workload)
      const { load } = (own[0] as Entry).result
      const title = `${workload}: ${load.clients} people, ${load.rooms} boards, ${load.rate} edits/s each`
      return `${title}\n${table([HEADS, ...own.map(entry => cells(entry, own))])}`
    })
    .join('\n\n')
}

const HELD: Readonly<Record<Standing, string>> = {
  held: 'yes',
  missed: 'no',
  'says nothing': 'generator limit',
}

const HEADS = [
  '',
  'cores',
  'µs/delivery',
  'to ours',
  'to bare',
  'delivered/s',
  'p50',
  'p99',
  'messages/delivery',
  'bytes/delivery',
  'memory',
  'most it held',
  'held',
]

function cells({ result, most }: Entry, all: readonly Entry[]): string[] {
  const { totals, load, verdict, target } = result
  const { delivery, server, delivered } = totals
  const cost = server?.cpuPerDelivery ?? null
  const perDelivery = (value: number): number => (delivered > 0 ? value / delivered : 0)
  return [
    target.server,
    server ? server.cores.toFixed(2) : '-',
    cost === null ? '-' : cost.toFixed(2),
    ratio(cost, costOf(all, 'ours')),
    ratio(cost, costOf(all, 'bare')),
    short(Math.round(delivered / load.duration)),
    ms(delivery.p50),
    ms(delivery.p99),
    perDelivery(totals.framesIn).toFixed(3),
    perDelivery(totals.bytesIn).toFixed(0),
    server ? mib(server.rssMax) : '-',
    most ? mostText(most, load.clients) : '-',
    HELD[standingOf(verdict)],
  ]
}

/** Without viewers every person writes: the edits of all are told, which is what a relay has to take. */
function mostText({ by, highest, isGeneratorLimited }: Highest, clients: number): string {
  if (highest === null) return 'none'
  const text = by === 'clients' ? `${highest} people` : `${short(highest * clients)} edits/s`
  return isGeneratorLimited ? `${text} or more` : text
}

const costOf = (entries: readonly Entry[], contender: Entry['contender']): number | null =>
  entries.find(entry => entry.contender === contender)?.result.totals.server?.cpuPerDelivery ?? null

const ratio = (cost: number | null, base: number | null): string =>
  cost === null || !base ? '-' : `${(cost / base).toFixed(2)}x`
