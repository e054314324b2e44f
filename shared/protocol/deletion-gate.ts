import * as Y from 'yjs'
import type { Deletions, Incoming, Struct } from './incoming.ts'
import { invalid, refused, shown } from './refusal.ts'
import { isAtLeast, type Role } from './role.ts'

/**
 * Throws ProtocolError when an update deletes of a document what it may not: what the role may not write, or the type of a
 * shape that stays.
 *
 * @param likely is an item that may well be the one deleted, as the one that the update replaces is. To find one among
 *   100,000 takes longer than all the rest.
 */
export function checkDeletions(doc: Y.Doc, deletions: Deletions, role: Role, likely: Struct | null): void {
  eachDeleted(doc, deletions, likely, struct => checkDeletion(struct, deletions, role))
}

/**
 * Whether an update does no more than delete formats: what Yjs does by itself in a client that keeps it from nothing, with formats
 * that change nothing. The person there has not written anything.
 */
export function isTidying(doc: Y.Doc, { structs, deletions }: Incoming): boolean {
  let others = structs.length
  eachDeleted(doc, deletions, null, struct => {
    const isFormat = struct instanceof Y.Item && struct.content instanceof Y.ContentFormat
    if (!isFormat && !struct.deleted) others += 1
  })
  return others === 0
}

/** Visits what a document has of this. */
function eachDeleted(
  doc: Y.Doc,
  deletions: Deletions,
  likely: Struct | null,
  visit: (struct: Struct) => void,
): void {
  for (const [client, ranges] of deletions.clients) {
    const structs = doc.store.clients.get(client) ?? []
    const end = Y.getState(doc.store, client)
    for (const { clock, len } of ranges) {
      if (clock >= end) break
      if (likely && likely.id.client === client && likely.id.clock === clock && likely.length === len) {
        visit(likely)
        continue
      }
      for (let at = Y.findIndexSS(structs, clock); at < structs.length; at += 1) {
        const struct = structs[at] as Struct
        if (struct.id.clock >= clock + len) break
        visit(struct)
      }
    }
  }
}

function checkDeletion(struct: Struct, deletions: Deletions, role: Role): void {
  if (!(struct instanceof Y.Item) || struct.deleted) return
  if (!isAtLeast(role, 'editor')) checkMayDelete(struct, role)
  if (struct.parentSub === 'type') checkTypeGoes(struct, deletions)
}

function checkMayDelete(item: Y.Item, role: Role): void {
  const path = pathOf(item)
  if (role === 'viewer' || path[0] !== 'comments') throw refused(role, path.join('/'))
}

function checkTypeGoes(item: Y.Item, deletions: Deletions): void {
  const [root, id, key, ...deeper] = pathOf(item)
  if (root !== 'shapes' || key !== 'type' || deeper.length > 0) return
  const shape = item.parent instanceof Y.AbstractType ? item.parent._item : null
  if (shape && !shape.deleted && !Y.isDeleted(deletions, shape.id))
    throw invalid('The type of a shape goes only with it.', `shapes/${id}/type`)
}

/** The root, the id and the keys that lead to an item of the document. */
function pathOf(item: Y.Item): string[] {
  const path: string[] = []
  let type: Y.AbstractType<unknown> | null = null
  for (let at: Y.Item | null = item; at; at = type?._item ?? null) {
    if (at.parentSub !== null) path.unshift(shown(at.parentSub))
    type = at.parent instanceof Y.AbstractType ? at.parent : null
  }
  return type ? [Y.findRootTypeKey(type), ...path] : path
}
