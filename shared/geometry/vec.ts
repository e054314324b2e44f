/** A point or displacement: [x, y]. World space is in CSS pixels at zoom 1, y down. */
export type Vec = readonly [x: number, y: number]

export const add = (a: Vec, b: Vec): Vec => [a[0] + b[0], a[1] + b[1]]
export const sub = (a: Vec, b: Vec): Vec => [a[0] - b[0], a[1] - b[1]]
export const lerp = (a: Vec, b: Vec, t: number): Vec => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
export const distance = (a: Vec, b: Vec): number => Math.hypot(a[0] - b[0], a[1] - b[1])

/** `p` turned about `centre` by `angle` radians, clockwise on screen since y points down. */
export function rotateAbout(p: Vec, centre: Vec, angle: number): Vec {
  if (angle === 0) return p
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const x = p[0] - centre[0]
  const y = p[1] - centre[1]
  return [centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos]
}
