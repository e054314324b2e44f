/** The text with case and diacritics taken away, so that "Cafe" finds "CAFÉ". */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ς', 'σ')
