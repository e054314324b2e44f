import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { CLOSE, type CloseCode } from '../../shared/protocol/close.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Readings } from './readings.ts'
import type { RelayMetrics } from './relay-metrics.ts'

export interface MetricsParts {
  readonly clock: Clock
  readonly version: string
  /** Asked at each scrape, as `readings` is: the server is made after its metrics. */
  adapter(): string
  /** The most connections that the relay takes, for alerts on coming near it. */
  readonly connectionLimit: number
  readings(): Readings
}

/** What Prometheus is told. */
export interface Exposition {
  /** ms since the epoch; null before the first. */
  readonly lastSnapshotAt: number | null
  readonly contentType: string
  text(): Promise<string>
}

/** s. From one cheap tick to a stall that people notice. */
const TICK_BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]

/** s. An fsync takes 1 to 10 ms on a good disk, and seconds on one that is about to fail. */
const APPEND_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** s. A round trip or four to an object store, up to its timeout. */
const SNAPSHOT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** s. Boards are snapshotted seconds to minutes after a change, and later only when the store fails. */
const LAG_BUCKETS = [1, 5, 10, 20, 30, 60, 120, 180, 300, 600, 1_800, 3_600]

/**
 * The metrics of one relay, in a registry of its own so that two relays in one process do not add up. No label has a
 * value that a client chooses.
 */
export function createMetrics(parts: MetricsParts): RelayMetrics & Exposition {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const read = addReadings(registry)
  const describe = addDescription(registry, parts)
  const events = addEvents(registry)
  let lastSnapshotAt: number | null = null
  return {
    ...events,
    snapshotted(seconds, bytes, lagSeconds) {
      lastSnapshotAt = parts.clock.now()
      events.snapshotted(seconds, bytes, lagSeconds)
    },
    get lastSnapshotAt() {
      return lastSnapshotAt
    },
    contentType: registry.contentType,
    text() {
      describe()
      read(parts.readings())
      return registry.metrics()
    },
  }
}

function addEvents(registry: Registry): RelayMetrics {
  const registers = [registry]
  const counter = (name: string, help: string) =>
    new Counter({ name: `driftboard_${name}_total`, help, registers })
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `driftboard_${name}_seconds`, help, buckets, registers })

  const tick = histogram('tick', 'Time of one tick of a board: apply, check, log, publish.', TICK_BUCKETS)
  const validation = histogram('validation', 'The part of a tick that checks its changes.', TICK_BUCKETS)
  const append = histogram('append', 'Time until an append to the log was on disk.', APPEND_BUCKETS)
  const snapshot = histogram('snapshot', 'Time that one snapshot took to store.', SNAPSHOT_BUCKETS)
  const snapshotAge = histogram(
    'snapshot_age',
    'How long the oldest change of a stored snapshot had waited for it.',
    LAG_BUCKETS,
  )
  const appendFailures = counter('append_failures', 'Appends to the log that failed: nothing can be saved.')
  const updates = counter('updates', 'Changes applied.')
  const updateBytes = counter('update_bytes', 'Bytes of changes applied.')
  const receivedFrames = counter('received_frames', 'Frames received.')
  const receivedBytes = counter('received_bytes', 'Bytes of frames received.')
  const sentFrames = counter('sent_frames', 'Frames handed to sockets, one for each socket.')
  const sentBytes = counter('sent_bytes', 'Bytes of frames handed to sockets.')
  const presenceDropped = counter('presence_dropped', 'Presence not sent to a socket that lags behind.')
  const snapshotBytes = counter('snapshot_bytes', 'Bytes of snapshots stored.')
  const snapshotFailures = counter(
    'snapshot_failures',
    'Snapshots that could not be stored and are tried again.',
  )
  const closed = closeCounters(registry)

  return {
    tick(seconds, changes, bytes) {
      tick.observe(seconds)
      updates.inc(changes)
      updateBytes.inc(bytes)
    },
    validated: seconds => validation.observe(seconds),
    appended: seconds => append.observe(seconds),
    appendFailed: () => appendFailures.inc(),
    received(bytes) {
      receivedFrames.inc()
      receivedBytes.inc(bytes)
    },
    sent(bytes, sockets) {
      sentFrames.inc(sockets)
      sentBytes.inc(bytes * sockets)
    },
    presenceDropped: () => presenceDropped.inc(),
    closed: code => closed.get(code)?.inc(),
    snapshotted(seconds, bytes, lagSeconds) {
      snapshot.observe(seconds)
      snapshotBytes.inc(bytes)
      snapshotAge.observe(lagSeconds)
    },
    snapshotFailed: () => snapshotFailures.inc(),
  }
}

/** One series for each code, there from the start: an alert on a rate needs the zero before the first. */
function closeCounters(registry: Registry): ReadonlyMap<CloseCode, Counter.Internal> {
  const closes = new Counter({
    name: 'driftboard_closes_total',
    help: 'Clients closed by the relay, by close code.',
    labelNames: ['code', 'reason'],
    registers: [registry],
  })
  return new Map(
    Object.entries(CLOSE).map(([reason, code]) => {
      const series = closes.labels({ code: String(code), reason })
      series.inc(0)
      return [code, series]
    }),
  )
}

/** Returns what sets it, once it is known which server this is. */
function addDescription(registry: Registry, { version, adapter, connectionLimit }: MetricsParts): () => void {
  const build = new Gauge({
    name: 'driftboard_build_info',
    help: 'Always 1; the labels say what runs.',
    labelNames: ['version', 'adapter'],
    registers: [registry],
  })
  new Gauge({
    name: 'driftboard_connection_limit',
    help: 'The most connections that this relay takes.',
    registers: [registry],
  }).set(connectionLimit)
  return () => build.set({ version, adapter: adapter() }, 1)
}

/** Returns what sets them all, from one look at the relay. */
function addReadings(registry: Registry): (now: Readings) => void {
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `driftboard_${name}`, help, registers: [registry] })
  const labelled = (name: string, help: string, label: string) =>
    new Gauge({ name: `driftboard_${name}`, help, labelNames: [label], registers: [registry] })

  const connections = labelled('connections', 'Open connections.', 'endpoint')
  const rooms = gauge('rooms', 'Boards in memory.')
  const sessions = gauge('sessions', 'Clients on boards.')
  const queued = gauge('queued_changes', 'Changes that wait for the next tick of their board.')
  const unsnapshotted = gauge('unsnapshotted_boards', 'Boards whose newest changes no snapshot has.')
  const lag = gauge('snapshot_lag_seconds', 'How long the oldest change without a snapshot has waited.')
  const storeUp = labelled('store_up', 'Whether a store works: 1 or 0.', 'store')
  const ready = gauge('ready', 'Whether the relay can serve: 1 or 0, as /readyz.')
  return now => {
    for (const [endpoint, count] of Object.entries(now.connections)) connections.set({ endpoint }, count)
    rooms.set(now.rooms)
    sessions.set(now.sessions)
    queued.set(now.queuedChanges)
    unsnapshotted.set(now.unsnapshottedBoards)
    lag.set(now.snapshotLagSeconds)
    for (const [store, state] of Object.entries(now.stores)) storeUp.set({ store }, state === 'up' ? 1 : 0)
    ready.set(now.ready ? 1 : 0)
  }
}
