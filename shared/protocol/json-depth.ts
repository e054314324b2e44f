/**
 * Levels of arrays and objects in a JSON text. A scan, not a recursion, so that it cannot run out of stack itself, as
 * JSON.stringify does on what JSON.parse still reads.
 */
export function jsonDepth(json: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let at = 0; at < json.length; at += 1) {
    const unit = json[at]
    if (inString && unit === '\\') at += 1
    else if (unit === '"') inString = !inString
    else if (inString) continue
    else if (unit === '[' || unit === '{') deepest = Math.max(deepest, ++depth)
    else if (unit === ']' || unit === '}') depth -= 1
  }
  return deepest
}
