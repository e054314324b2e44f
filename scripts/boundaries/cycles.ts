/**
 * The import cycles of a module graph: one per group of files that reach each other, as a shortest path from the
 * group's first file back to it.
 */
export function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = []
  const reported = new Set<string>()
  for (const start of graph.keys()) {
    if (reported.has(start)) continue
    const cycle = shortestCycle(graph, start)
    if (!cycle) continue
    for (const file of cycle) reported.add(file)
    found.push(cycle)
  }
  return found
}

function shortestCycle(graph: ReadonlyMap<string, readonly string[]>, start: string): string[] | null {
  const cameFrom = new Map<string, string>()
  let frontier = [start]
  while (frontier.length > 0) {
    const next: string[] = []
    for (const file of frontier) {
      for (const target of graph.get(file) ?? []) {
        if (target === start) return pathBack(cameFrom, start, file)
        if (cameFrom.has(target)) continue
        cameFrom.set(target, file)
        next.push(target)
      }
    }
    frontier = next
  }
  return null
}

function pathBack(cameFrom: ReadonlyMap<string, string>, start: string, end: string): string[] {
  const path = [end]
  for (let file = end; file !== start; path.unshift(file)) file = cameFrom.get(file) ?? start
  return path
}
