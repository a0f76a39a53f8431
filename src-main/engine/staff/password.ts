import { type BinaryLike, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { MIN_PASSWORD_LENGTH } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'

/**
 * OWASP's minimum for scrypt with 32 MB of memory (Password Storage Cheat Sheet). Hashing takes about a quarter of a
 * second.
 */
const COST = { N: 32_768, r: 8, p: 3 }
const KEY_BYTES = 32
const MAX_MEMORY_BYTES = 64 * 1024 * 1024

const derive = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(scrypt)

/** The stored form of a password: `scrypt$N$r$p$salt$key`, the last two in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(normalise(password), salt, KEY_BYTES, { ...COST, maxmem: MAX_MEMORY_BYTES })
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$')
}

/** True if the hash is that of the password. False without a hash, after the same time, so that timing doesn't reveal which names exist. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [, n, r, p, salt = '', key = ''] = (hash ?? DUMMY_HASH).split('$')
  const expected = Buffer.from(key, 'base64')
  const cost = { N: Number(n), r: Number(r), p: Number(p), maxmem: MAX_MEMORY_BYTES }
  const given = await derive(normalise(password), Buffer.from(salt, 'base64'), expected.length, cost)
  return timingSafeEqual(given, expected) && hash !== null
}

const DUMMY_HASH = ['scrypt', COST.N, COST.r, COST.p, Buffer.alloc(16).toString('base64'), Buffer.alloc(KEY_BYTES).toString('base64')].join(
  '$',
)

/** The password in one Unicode form, however the keyboard composes its letters. */
function normalise(password: string): string {
  return password.normalize('NFKC')
}

/** Checks the length of a new password. Throws FailureError `password-too-short`. */
export function requireLongPassword(password: string): void {
  if ([...password].length >= MIN_PASSWORD_LENGTH) return
  throw new FailureError({
    code: 'password-too-short',
    message: `The password has fewer than ${MIN_PASSWORD_LENGTH} characters.`,
    remedy: 'Choose a longer one. Three or four unrelated words are easy to remember.',
  })
}
