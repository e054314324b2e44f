import { join, resolve } from 'node:path'
import { type Running, startServer } from './server.ts'

const ROOT = resolve(import.meta.dirname, '../..')

export const PEERS = ['y-websocket', 'hocuspocus', 'bare'] as const
export type Peer = (typeof PEERS)[number]

/** Starts another relay, as its makers would for memory alone. */
export const startPeer = (peer: Peer, core: number | null): Promise<Running> =>
  startServer({
    command: process.execPath,
    args: ['--import', 'tsx', join(import.meta.dirname, `peers/${peer}.ts`)],
    cwd: ROOT,
    core,
    env: {},
  })
