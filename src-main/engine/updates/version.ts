/** A version `x.y.z`, or a pre-release such as `x.y.z-rc.1`. */
export interface Version {
  numbers: readonly [number, number, number]
  /** The parts after the hyphen; empty for a release. */
  preRelease: readonly string[]
}

const MAX_LENGTH = 60
const NUMBER = '(0|[1-9]\\d{0,8})'
const PART = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)'
const VERSION = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${PART}(?:\\.${PART})*))?$`)

/** Parses a version as defined by semver.org, without build metadata; null if it isn't one. */
export function parseVersion(text: string): Version | null {
  if (text.length > MAX_LENGTH) return null
  const match = VERSION.exec(text)
  if (match === null) return null
  const [, major, minor, patch, preRelease] = match
  return { numbers: [Number(major), Number(minor), Number(patch)], preRelease: preRelease?.split('.') ?? [] }
}

/** Negative if `a` is older than `b`, positive if it is newer. Numbers compare by value; a pre-release comes before its release. */
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

/** True if both are valid versions and the first one is newer. */
export function isNewer(version: string, than: string): boolean {
  const [a, b] = [parseVersion(version), parseVersion(than)]
  return a !== null && b !== null && compareVersions(a, b) > 0
}

/** Numeric parts compare by value, and come before other parts. */
function compareParts(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
  // There are no leading zeros, so the longer number is the larger one.
  if (isNumber && a.length !== b.length) return a.length - b.length
  return a === b ? 0 : a < b ? -1 : 1
}
