import { allowedCommands, type ParsedInput, type Role, type SessionRow, type SessionState } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { Caller, EngineContext } from '../context/context'
import type { StaffMemberTable } from '../database/schema'
import { deleteKeptSignIns, findStaff, hasStaff, updateStaff } from '../database/staff-store'
import { keepSignIn, keptMember } from './kept-sign-ins'
import { addStaff, readIdleMinutes, setPassword } from './staff-members'
import { tryPassword } from './try-password'

function sessionRow(state: SessionState, name: string, role: Role | null): SessionRow {
  return { state, name, role, allowed: allowedCommands(role) }
}

/**
 * Who uses the window. While there are no staff members the computer's user does everything. The clock is the engine's: a window that nobody
 * says to be used is locked when its time is over, whatever the page does.
 */
export class WindowSession {
  private hasStaff = false
  private memberId: number | null = null
  private isLocked = false
  private usedAtMs = 0
  private idleMs: number | null = null
  private resuming: Promise<void> | null = null
  private told = ''
  private timer = new AbortController()
  private readonly hasEnded = new AbortController()

  constructor(
    private readonly engine: EngineContext,
    private readonly computerUser: string,
  ) {}

  /** Reads what decides whether anybody has to sign in. */
  async open(): Promise<void> {
    this.hasStaff = await hasStaff(this.engine.db)
    await this.readIdleLock()
  }

  /** Ends the watch for the lock. */
  close(): void {
    this.hasEnded.abort()
    this.timer.abort()
  }

  /** True while the window may be told of orders. */
  get canHear(): boolean {
    return !this.hasStaff || (this.memberId !== null && !this.isLocked && !this.isIdle())
  }

  /** Who gives the window's commands. Throws FailureError `signed-out`, `locked`. */
  async caller(): Promise<Caller> {
    const { state, name, role } = await this.row()
    if (role !== null && state !== 'locked') return { actor: name, role }
    // A page that does not know yet hears it now.
    await this.tell()
    throw state === 'locked' ? locked() : signedOut()
  }

  /** How the session is now. */
  async row(): Promise<SessionRow> {
    const member = await this.member()
    if (!this.hasStaff) return sessionRow('open', this.computerUser, 'administrator')
    if (member === null) return sessionRow('signed out', '', null)
    if (this.isIdle()) this.isLocked = true
    return sessionRow(this.isLocked ? 'locked' : 'signed in', member.name, member.role)
  }

  /** Throws FailureError `sign-in-refused`, `sign-in-delayed`. */
  async signIn({ name, password, isKept }: ParsedInput<'session.signIn'>): Promise<SessionRow> {
    const member = await tryPassword(this.engine, name, password)
    return this.begin(member, isKept)
  }

  /** Goes on after a lock. Throws FailureError as `signIn` does, and `signed-out`. */
  async unlock(password: string): Promise<SessionRow> {
    const member = await this.member()
    if (member === null) throw signedOut()
    await tryPassword(this.engine, member.name, password)
    this.isLocked = false
    return this.used()
  }

  async lock(): Promise<SessionRow> {
    if ((await this.member()) !== null) this.isLocked = true
    return this.tell()
  }

  /** Somebody uses the window. */
  async touch(): Promise<SessionRow> {
    return this.used()
  }

  /** Ends the session and every sign-in that is kept for this person. */
  async signOut(): Promise<SessionRow> {
    const member = await this.member()
    this.memberId = null
    if (member !== null) await this.engine.write(({ db }) => deleteKeptSignIns(db, member.id))
    return this.tell()
  }

  /** Makes the first staff member and signs them in. Throws FailureError `staff-exists`, `password-too-short`, `name-reserved`. */
  async createFirst({ name, password, isKept }: ParsedInput<'staff.createFirst'>): Promise<SessionRow> {
    const member = await addStaff(this.engine, { name, password, role: 'administrator' }, true)
    this.hasStaff = true
    return this.begin(member, isKept)
  }

  /** Throws FailureError `sign-in-refused`, `sign-in-delayed`, `password-too-short`, `signed-out`. */
  async changePassword({ current, password }: ParsedInput<'session.changePassword'>): Promise<SessionRow> {
    const member = await this.member()
    if (member === null) throw signedOut()
    await tryPassword(this.engine, member.name, current)
    await setPassword(this.engine, member.id, password)
    return this.used()
  }

  /** Reads afresh after how long the window is locked. */
  async readIdleLock(): Promise<void> {
    const minutes = await readIdleMinutes(this.engine)
    this.idleMs = minutes === null ? null : minutes * 60_000
    this.watch()
  }

  /** Tells the window how the session is, where that changed: staff may have. */
  async tell(): Promise<SessionRow> {
    const row = await this.row()
    const words = JSON.stringify(row)
    if (words !== this.told) this.engine.publish('session.changed', row)
    this.told = words
    return row
  }

  private async begin(member: StaffMemberTable, isKept: boolean): Promise<SessionRow> {
    const before = this.memberId
    if (before !== null && before !== member.id) await this.engine.write(({ db }) => deleteKeptSignIns(db, before))
    if (isKept) await keepSignIn(this.engine, member.id)
    await this.engine.write(({ db }) => updateStaff(db, member.id, { lastSignedInAt: this.engine.now() }))
    // Somebody new: the kept sign-in of another has no say any more.
    this.resuming = Promise.resolve()
    this.memberId = member.id
    this.isLocked = false
    return this.used()
  }

  private used(): Promise<SessionRow> {
    this.usedAtMs = this.engine.clock.now().getTime()
    this.watch()
    return this.tell()
  }

  /** Read each time: whoever was deactivated is out at once, whoever has another role has it at once. */
  private async member(): Promise<StaffMemberTable | null> {
    if (!this.hasStaff) return null
    this.resuming ??= this.resume()
    await this.resuming
    const member = this.memberId === null ? undefined : await findStaff(this.engine.db, this.memberId)
    if (member?.isActive !== 1) this.memberId = null
    return this.memberId === null ? null : (member ?? null)
  }

  /** Once, when the window first asks: a kept sign-in is a session without a password. */
  private async resume(): Promise<void> {
    const member = await keptMember(this.engine)
    if (member === null) return
    this.memberId = member.id
    this.usedAtMs = this.engine.clock.now().getTime()
    this.watch()
  }

  private isIdle(): boolean {
    if (this.idleMs === null) return false
    const unusedMs = this.engine.clock.now().getTime() - this.usedAtMs
    // A clock that was set back must not make a session last.
    return unusedMs >= this.idleMs || unusedMs < -this.idleMs
  }

  /** Locks and tells the window the moment that its time is over. */
  private watch(): void {
    this.timer.abort()
    this.timer = new AbortController()
    if (this.memberId !== null && !this.isLocked && this.idleMs !== null && !this.hasEnded.signal.aborted) {
      void this.lockWhenIdle(this.timer.signal)
    }
  }

  private async lockWhenIdle(signal: AbortSignal): Promise<void> {
    while (!this.isIdle()) {
      const unusedMs = this.engine.clock.now().getTime() - this.usedAtMs
      await this.engine.clock.tick((this.idleMs ?? 0) - unusedMs, signal)
      if (signal.aborted) return
    }
    await this.tell().catch((error: unknown) => this.engine.log.error('the lock was not told', error))
  }
}

function signedOut(): FailureError {
  return new FailureError({ code: 'signed-out', message: 'Nobody is signed in.', remedy: 'Sign in with your name and password.' })
}

function locked(): FailureError {
  return new FailureError({ code: 'locked', message: 'Ledgerdrop is locked.', remedy: 'Enter your password to go on.' })
}
