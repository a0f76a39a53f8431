import { type BinaryLike, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { SHORTEST_PASSWORD } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'

/** OWASP's least for scrypt with 32 MB of memory (Password Storage Cheat Sheet): about a quarter of a second. */
const COST = { N: 32_768, r: 8, p: 3 }
const KEY_BYTES = 32
const MAX_MEMORY = 64 * 1024 * 1024

const derive = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(scrypt)

/** What is stored of a password: `scrypt$N$r$p$salt$key`, the last two in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(plain(password), salt, KEY_BYTES, { ...COST, maxmem: MAX_MEMORY })
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$')
}

/** True for the password that was hashed. Without a hash it takes as long and is false: names that nobody has cannot be told by the time. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, n, r, p, salt = '', key = ''] = (hash ?? NOBODYS).split('$')
  const expected = Buffer.from(key, 'base64')
  const cost = { N: Number(n), r: Number(r), p: Number(p), maxmem: MAX_MEMORY }
  const given = await derive(plain(password), Buffer.from(salt, 'base64'), expected.length, cost)
  return timingSafeEqual(given, expected) && hash !== null
}

const NOBODYS = ['scrypt', COST.N, COST.r, COST.p, Buffer.alloc(16).toString('base64'), Buffer.alloc(KEY_BYTES).toString('base64')].join(
  '$',
)

/** One password, whichever way a keyboard composes its letters. */
function plain(password: string): string {
  return password.normalize('NFKC')
}

/** Refuses a password that is too short. Throws FailureError `password-too-short`. */
export function refuseShortPassword(password: string): void {
  if ([...password].length >= SHORTEST_PASSWORD) return
  throw new FailureError({
    code: 'password-too-short',
    message: `The password has fewer than ${SHORTEST_PASSWORD} characters.`,
    remedy: 'Choose a longer one: three or four words that do not belong together are easy to remember.',
  })
}
