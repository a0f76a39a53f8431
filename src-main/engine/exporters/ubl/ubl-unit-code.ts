/** Stores' unit names with their UN/ECE Recommendation 20 codes. Codes that start with X are package types from Recommendation 21. */
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
 * Returns the code of a store's unit: from the destination's table, else from the common names, else the unit itself if it looks like a code.
 * Otherwise returns null.
 */
export function ublUnitCode(unit: string, own: Readonly<Record<string, string>>): string | null {
  const name = unit.trim().toLowerCase()
  if (Object.hasOwn(own, name)) return own[name] ?? null
  if (Object.hasOwn(UNIT_CODES, name)) return UNIT_CODES[name] ?? null
  return /^[A-Z0-9]{2,3}$/.test(unit) ? unit : null
}
