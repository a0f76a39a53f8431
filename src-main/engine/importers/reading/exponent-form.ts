/** Completes a sentence about an id or a number such as `5.12346E+12`. */
export const IN_EXPONENT_FORM =
  'is in exponent form: a spreadsheet or program has shortened it, so it no longer tells one order from another. Format the column as text and export again'
