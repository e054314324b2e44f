import type { TargetName } from '../plan.ts'
import { bare } from './bare.ts'
import { driftboard } from './driftboard.ts'
import { hocuspocus } from './hocuspocus.ts'
import type { Target } from './target.ts'
import { yWebsocket } from './y-websocket.ts'

export const targets = {
  driftboard,
  'y-websocket': yWebsocket,
  hocuspocus,
  bare,
} satisfies Record<TargetName, Target>
