import { LIMITS } from '../schema/limits.ts'
import { CLOSE } from './close.ts'
import { ProtocolError } from './error.ts'
import type { Role } from './role.ts'

/** A key or an id as it is told in a place: what a client made up may be of any length. */
export const shown = (key: string | null): string => (key ?? '').slice(0, LIMITS.idLength)

/** Bytes that no client of ours writes, whatever the board. */
export const malformed = (reason: string): ProtocolError => new ProtocolError(CLOSE.malformed, reason)

export const invalid = (reason: string, where: string): ProtocolError =>
  new ProtocolError(CLOSE.invalid, reason, where)

export const refused = (role: Role, where: string): ProtocolError =>
  new ProtocolError(CLOSE.refused, `This change is not for a ${role} to make.`, where)

export const tooLarge = (reason: string, where = ''): ProtocolError =>
  new ProtocolError(CLOSE.tooLarge, reason, where)
