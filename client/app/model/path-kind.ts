import type { Style } from '../../editor/types.ts'
import type { StyleValues } from './style-values.ts'

/** How a line or arrow runs through its points: two keys of the style, one choice. */
export type PathKind = 'straight' | 'curved' | 'elbow'

/** Undefined where the selected shapes differ, or the style has no such choice. */
export function pathKind({ curved, elbow }: StyleValues): PathKind | undefined {
  if (elbow?.value) return 'elbow'
  if (!curved || curved.value === undefined || (elbow && elbow.value === undefined)) return undefined
  return curved.value ? 'curved' : 'straight'
}

export const pathStyle = (kind: PathKind): Pick<Style, 'curved' | 'elbow'> => ({
  curved: kind === 'curved',
  elbow: kind === 'elbow',
})
