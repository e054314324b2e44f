import { ExtensionType, extensions, type Graphics, type Polygon } from 'pixi.js'
import { type Paint, paintOf, shownColour, type Theme } from './colour.ts'
import type { Contour } from './contour.ts'
import { cover } from './coverage.ts'
import type { Area } from './shape-view.ts'

/** The contours that a polygon's points are made of, which are filled one by one: see Area. */
const piecesOf = new WeakMap<readonly number[], readonly (readonly number[])[]>()

/** Takes the place of Pixi's ear clipping, which cannot fill a contour that crosses itself. */
const nonzeroPolygon = {
  extension: { type: ExtensionType.ShapeBuilder, name: 'polygon' },
  build(polygon: Polygon, points: number[]): boolean {
    if (polygon.points.length < 6) return false
    for (const coordinate of polygon.points) points.push(coordinate)
    const pieces = piecesOf.get(polygon.points)
    if (pieces) piecesOf.set(points, pieces)
    return true
  },
  triangulate(
    points: number[],
    vertices: number[],
    _stride: number,
    vertexOffset: number,
    indices: number[],
  ): void {
    let offset = vertexOffset
    for (const piece of piecesOf.get(points) ?? [points]) {
      const triangles = cover(piece)
      for (const coordinate of triangles.vertices) vertices.push(coordinate)
      for (const index of triangles.indices) indices.push(index + offset)
      offset += triangles.vertices.length / 2
    }
  },
}

let isInstalled = false

/** Makes every polygon of Pixi's Graphics filled by the nonzero rule. */
export function fillPolygonsByWinding(): void {
  if (isInstalled) return
  extensions.add(nonzeroPolygon)
  isInstalled = true
}

/** Draws areas, the bottom one first, in the colours of the theme. */
export function drawAreas(graphics: Graphics, areas: readonly Area[], theme: Theme): void {
  graphics.clear()
  for (const { contour, colour, pieces } of areas) {
    fillContour(graphics, contour, paintOf(shownColour(colour, theme)), pieces)
  }
}

export function fillContour(
  graphics: Graphics,
  contour: Contour,
  { rgb, alpha }: Paint,
  pieces?: readonly Contour[],
): void {
  if (contour.length < 3 || alpha === 0) return
  const points = flat(contour)
  if (pieces) piecesOf.set(points, pieces.map(flat))
  graphics.poly(points).fill({ color: rgb, alpha })
}

function flat(contour: Contour): number[] {
  const out: number[] = []
  for (const [x, y] of contour) out.push(x, y)
  return out
}
