/** A media query for where the panels move to the edges: a phone, or a narrow window. The styles say the same width. */
export const NARROW = '(max-width: 720px)'
