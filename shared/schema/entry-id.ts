/** 64 characters at most: `LIMITS.idLength`. */
const ENTRY_ID = /^[A-Za-z0-9_-]{1,64}$/

/** Whether a text can be the id of a shape or a comment. Names that every object inherits cannot: some code would find them. */
export const isEntryId = (text: string): boolean =>
  ENTRY_ID.test(text) && !(text in Object.prototype) && text !== 'prototype'
