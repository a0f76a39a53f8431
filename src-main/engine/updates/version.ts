/** A version as `x.y.z`, with `-rc.1` where it comes before the release. */
export interface Version {
  numbers: readonly [number, number, number]
  /** Parts of what stands behind the hyphen; none in a release. */
  preRelease: readonly string[]
}

const LONGEST = 60
const NUMBER = '(0|[1-9]\\d{0,8})'
const PART = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)'
const VERSION = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${PART}(?:\\.${PART})*))?$`)

/** The version that a text is, by semver.org without build data; null where it is none. */
export function parseVersion(text: string): Version | null {
  if (text.length > LONGEST) return null
  const match = VERSION.exec(text)
  if (match === null) return null
  const [, major, minor, patch, preRelease] = match
  return { numbers: [Number(major), Number(minor), Number(patch)], preRelease: preRelease?.split('.') ?? [] }
}

/** Below zero where `a` is older than `b`, above zero where it is newer: numbers by size, a pre-release before its release. */
export function compareVersions(a: Version, b: Version): number {
  for (const [index, number] of a.numbers.entries()) {
    const difference = number - (b.numbers[index] ?? 0)
    if (difference !== 0) return difference
  }
  if (a.preRelease.length === 0 || b.preRelease.length === 0) return b.preRelease.length - a.preRelease.length
  for (const [index, part] of a.preRelease.entries()) {
    const other = b.preRelease[index]
    if (other === undefined) return 1
    const difference = compareParts(part, other)
    if (difference !== 0) return difference
  }
  return a.preRelease.length - b.preRelease.length
}

/** True where both are versions and the first is the newer one. */
export function isNewer(version: string, than: string): boolean {
  const [a, b] = [parseVersion(version), parseVersion(than)]
  return a !== null && b !== null && compareVersions(a, b) > 0
}

/** Digits count as a number, and come before words. */
function compareParts(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
  // Without leading zeros the longer number is the larger one, however long both are.
  if (isNumber && a.length !== b.length) return a.length - b.length
  return a === b ? 0 : a < b ? -1 : 1
}
