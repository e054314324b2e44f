/** How far the saving or opening of a file of boards is. Texts are for the person. */
export type Backup =
  | { readonly at: 'closed' }
  /** All boards are about to be saved into one file. */
  | { readonly at: 'asking'; readonly boards: number; readonly problem: string }
  /** A chosen file is locked. */
  | { readonly at: 'locked'; readonly name: string; readonly problem: string }
  /** `of` is null while nobody knows how much there is to do. What cannot be stopped keeps the dialog open. */
  | {
      readonly at: 'working'
      readonly what: string
      readonly done: number
      readonly of: number | null
      readonly canStop: boolean
    }

export const CLOSED: Backup = { at: 'closed' }
