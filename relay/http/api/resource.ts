import type { Role } from '../../../shared/protocol/role.ts'
import type { AssetStore } from '../../storage/asset-store.ts'
import type { SnapshotStore } from '../../storage/snapshot-store.ts'
import type { GrantParts } from '../grants.ts'
import type { OriginPolicy } from '../origin.ts'
import type { HttpRequest, HttpResponse } from '../server.ts'
import type { Downloads } from './downloads.ts'

export interface ApiParts extends GrantParts {
  snapshots: SnapshotStore
  assets: AssetStore
  /** Bytes of the largest image. */
  assetBytes: number
  origin: OriginPolicy
  /** Of a clock that is never set back. */
  seconds: () => number
}

/** What answers a call. */
export interface CallParts extends ApiParts {
  downloads: Downloads
}

/** A call that has been let in. */
export interface Call {
  readonly request: HttpRequest
  readonly board: string
  /** The part of the path that follows the resource's name; empty for none. */
  readonly item: string
  readonly credential: string | null
}

export interface Action {
  readonly least: Role
  answer(call: Call, parts: CallParts): Promise<HttpResponse>
}

/** What is at one kind of path below a board. HEAD is as GET. */
export interface Resource {
  /** How the rest of the path has to look, and what is said of one that does not. */
  readonly item: { readonly form: RegExp; readonly otherwise: string } | null
  readonly actions: Readonly<Partial<Record<'GET' | 'PUT' | 'POST', Action>>>
}
