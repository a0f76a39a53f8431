/** Unit names that web stores use, with their UN/ECE Recommendation 20 codes. Codes that start with X are package types from Recommendation 21. */
const UNIT_CODES: Readonly<Record<string, string>> = {
  ea: 'EA',
  each: 'EA',
  pc: 'C62',
  pcs: 'C62',
  piece: 'C62',
  pieces: 'C62',
  unit: 'C62',
  units: 'C62',
  pair: 'PR',
  pairs: 'PR',
  set: 'SET',
  dozen: 'DZN',
  doz: 'DZN',
  kg: 'KGM',
  kgs: 'KGM',
  g: 'GRM',
  t: 'TNE',
  lb: 'LBR',
  oz: 'ONZ',
  l: 'LTR',
  ltr: 'LTR',
  litre: 'LTR',
  litres: 'LTR',
  ml: 'MLT',
  m: 'MTR',
  metre: 'MTR',
  metres: 'MTR',
  cm: 'CMT',
  mm: 'MMT',
  ft: 'FOT',
  in: 'INH',
  m2: 'MTK',
  sqm: 'MTK',
  m3: 'MTQ',
  h: 'HUR',
  hr: 'HUR',
  hour: 'HUR',
  hours: 'HUR',
  day: 'DAY',
  days: 'DAY',
  box: 'XBX',
  carton: 'XCT',
  ctn: 'XCT',
  pack: 'XPK',
  pk: 'XPK',
  pallet: 'XPX',
  roll: 'XRO',
  bag: 'XBG',
}

/**
 * Returns the code of a store's unit: from the destination's table, otherwise from the common names, otherwise the unit
 * itself if it looks like a code. Null if there is none.
 */
export function ublUnitCode(unit: string, customCodes: Readonly<Record<string, string>>): string | null {
  const name = unit.trim().toLowerCase()
  if (Object.hasOwn(customCodes, name)) return customCodes[name] ?? null
  if (Object.hasOwn(UNIT_CODES, name)) return UNIT_CODES[name] ?? null
  return /^[A-Z0-9]{2,3}$/.test(unit) ? unit : null
}
