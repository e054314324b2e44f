import { parseSync, Visitor } from 'oxc-parser'

export interface Import {
  /** As written, or null where it is computed and so cannot be checked. */
  readonly specifier: string | null
  /** Erased at compile time: `import type`, `export type ... from`, `import('x').T`. */
  readonly typeOnly: boolean
  /** Named by `new URL`, to be run apart: a worker, or in tests a process. */
  readonly apart: boolean
  readonly line: number
}

/**
 * Every way in which a module names another one, workers (`new URL('./x.ts', import.meta.url)`) included;
 * or why the source does not parse.
 */
export function importsOf(file: string, source: string): Import[] | string {
  const parsed = parseSync(file, source)
  const [error] = parsed.errors
  if (error) return error.message

  const found: Import[] = []
  const add = (at: number, specifier: string | null, typeOnly: boolean, apart = false) => {
    found.push({ specifier, typeOnly, apart, line: source.slice(0, at).split('\n').length })
  }
  new Visitor({
    ImportDeclaration: node => add(node.start, node.source.value, node.importKind === 'type'),
    ExportAllDeclaration: node => add(node.start, node.source.value, node.exportKind === 'type'),
    ExportNamedDeclaration: node => {
      if (node.source) add(node.start, node.source.value, node.exportKind === 'type')
    },
    TSImportType: node => add(node.start, node.source.value, true),
    ImportExpression: node => add(node.start, literal(node.source), false),
    CallExpression: node => {
      const callee = source.slice(node.callee.start, node.callee.end)
      if (callee === 'require' || callee.startsWith('import.meta.glob')) add(node.start, null, false)
    },
    NewExpression: node => {
      const [path, base] = node.arguments
      if (!path || !base || source.slice(base.start, base.end) !== 'import.meta.url') return
      const target = literal(path)
      if (target && /\.[mc]?[jt]sx?$/.test(target)) add(node.start, target, false, true)
    },
  }).visit(parsed.program)
  return found
}

function literal(node: { readonly type: string; readonly value?: unknown }): string | null {
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : null
}
