import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { EngineContext } from '../context/context'
import type { StaffMemberTable } from '../database/schema'
import { deleteKeptSignIns, findStaff, insertKeptSignIn, listKeptSignIns } from '../database/staff-store'

/**
 * Keeps a sign-in on this computer, so that the next start needs no password. Returns false if the computer can't store
 * it safely.
 */
export async function keepSignIn(engine: EngineContext, staffId: number): Promise<boolean> {
  const token = randomBytes(32).toString('base64')
  const sealedToken = await engine.secrets.seal(token)
  if (sealedToken === null) return false
  const kept = { id: engine.newId(), staffId, tokenHash: hashOf(token).toString('hex'), sealedToken, createdAt: engine.now() }
  await engine.write(async ({ db }) => {
    await deleteKeptSignIns(db, staffId)
    await insertKeptSignIn(db, kept)
  })
  return true
}

/** The active staff member whose sign-in is kept on this computer for its current user, or null. */
export async function keptSignInMember(engine: EngineContext): Promise<StaffMemberTable | null> {
  for (const kept of await listKeptSignIns(engine.db)) {
    const token = await engine.secrets.open(kept.sealedToken)
    if (token === null || !timingSafeEqual(hashOf(token), Buffer.from(kept.tokenHash, 'hex'))) continue
    const member = await findStaff(engine.db, kept.staffId)
    if (member?.isActive === 1) return member
  }
  return null
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
