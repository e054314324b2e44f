import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { now } from '../clock.ts'
import type { Load } from '../plan.ts'
import type { Client } from './client.ts'
import type { Feed } from './feed.ts'
import { clocksOf } from './vector.ts'

/** What was found in one room. */
export interface Compared {
  readonly room: number
  /** Of the document that the relay gave; null when it gave none. */
  readonly hash: string | null
  /** People whose state vector was compared, and those whose whole document was, too. */
  readonly people: number
  readonly inFull: number
  /** Edits that the relay had called safe and does not have. */
  readonly lostSafe: number
  /** Other edits that it does not have. */
  readonly lost: number
  /** In words, some of them. */
  readonly problems: readonly string[]
}

/** Of one room; more would not help anybody. */
const MAX_PROBLEMS = 5

/**
 * Whether everybody in a room has the document that the relay gives to who comes now. All state vectors are compared; whole
 * documents, made from the very messages that a person got, until the time is up.
 */
export function compareRoom(
  room: number,
  relay: Y.Doc,
  people: readonly Client[],
  parts: { readonly feed: Feed; readonly load: Load; readonly until: number },
): Compared {
  const problems: string[] = []
  const blame = (problem: string): void => {
    if (problems.length < MAX_PROBLEMS) problems.push(problem)
  }
  const clocks = Y.decodeStateVector(Y.encodeStateVector(relay))
  const hash = hashOf(relay)
  const bases = new Map<string, Uint8Array>()
  let inFull = 0
  let lost = 0
  let lostSafe = 0
  for (const person of people) {
    const missing = missingOf(person, clocks)
    lost += missing.lost
    lostSafe += missing.lostSafe
    if (missing.lost + missing.lostSafe > 0)
      blame(`${nameOf(person)}: the relay lacks ${missing.lost + missing.lostSafe} of its edits`)
    const difference = differenceOf(clocksOf(person.reader, person.script, parts.load, room), clocks)
    if (difference) blame(`${nameOf(person)} ${difference}`)
    else if (parts.feed.isWhole && (inFull === 0 || now() < parts.until)) {
      inFull += 1
      if (hashOf(documentOf(person, parts.feed, bases)) !== hash)
        blame(`${nameOf(person)} has another document`)
    }
  }
  return { room, hash, people: people.length, inFull, lost, lostSafe, problems }
}

/** What is known of a room whose document the relay did not give. */
export const notCompared = (room: number, error: unknown): Compared => ({
  ...{ room, hash: null, people: 0, inFull: 0, lost: 0, lostSafe: 0 },
  problems: [
    `it could not be compared: ${(error instanceof Error ? error.message : String(error)).replace(/\.$/, '')}`,
  ],
})

const nameOf = (person: Client): string => `Person ${person.seat.person}`

function missingOf(person: Client, clocks: ReadonlyMap<number, number>): { lost: number; lostSafe: number } {
  const { timeline, script } = person
  if (!timeline || !script) return { lost: 0, lostSafe: 0 }
  const clock = clocks.get(script.client) ?? 0
  let had = 0
  while (had < person.made && (timeline.end[had] as number) <= clock) had += 1
  const lostSafe = Math.max(0, person.safe - had)
  return { lostSafe, lost: person.made - had - lostSafe }
}

function differenceOf(own: ReadonlyMap<number, number>, relay: ReadonlyMap<number, number>): string | null {
  for (const [client, clock] of relay) {
    const had = own.get(client) ?? 0
    if (had !== clock) return `has client ${client} up to ${had}; the relay up to ${clock}`
  }
  for (const [client, clock] of own)
    if (!relay.has(client)) return `has client ${client} up to ${clock}; the relay nothing`
  return null
}

/** The document of one person. What several got alike is put together once. */
function documentOf(person: Client, feed: Feed, bases: Map<string, Uint8Array>): Y.Doc {
  const { ranges, alone } = person.reader
  const key = ranges.join()
  const base = bases.get(key) ?? baseOf(ranges, feed)
  bases.set(key, base)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, base)
  for (const update of alone) Y.applyUpdate(doc, update)
  if (person.script) Y.applyUpdate(doc, Y.encodeStateAsUpdate(person.script.doc))
  return doc
}

function baseOf(ranges: readonly number[], feed: Feed): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let at = 0; at < ranges.length; at += 2) {
      for (const each of feed.log.slice(ranges[at], ranges[at + 1])) {
        for (const update of each?.updates ?? []) Y.applyUpdate(doc, update)
      }
    }
  })
  // What is still pending, since its beginnings came to this person alone, goes along.
  return Y.encodeStateAsUpdate(doc)
}

/** Of all that a document says, and of how far it has come with each client. */
function hashOf(doc: Y.Doc): string {
  const hash = createHash('sha256')
  for (const root of ['shapes', 'comments', 'meta']) hash.update(canonical(doc.getMap(root).toJSON()))
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b)
  return hash.update(JSON.stringify(clocks)).digest('hex').slice(0, 16)
}

function canonical(value: unknown): string {
  if (value instanceof Uint8Array) return `"${Buffer.from(value).toString('base64')}"`
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join()}}`
}
