/** Completes a sentence about an id or a number such as `5.12346E+12`. */
export const IN_SCIENTIFIC_NOTATION =
  'is in scientific notation: a spreadsheet or another program has shortened it, so it no longer identifies the order. Format the column as text and export again'
