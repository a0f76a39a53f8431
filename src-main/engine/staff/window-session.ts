import { allowedCommands, type ParsedInput, type Role, type SessionRow, type SessionState } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { Caller, EngineContext } from '../context/context'
import type { StaffMemberTable } from '../database/schema'
import { deleteKeptSignIns, findStaff, hasStaff, updateStaff } from '../database/staff-store'
import { authenticate } from './authenticate'
import { keepSignIn, keptSignInMember } from './kept-sign-ins'
import { addStaff, readIdleMinutes, setPassword } from './staff-members'

function sessionRow(state: SessionState, name: string, role: Role | null): SessionRow {
  return { state, name, role, allowed: allowedCommands(role) }
}

/**
 * The session of the window. Without staff members, the computer's user may do everything. The engine locks the window by its own clock,
 * unless the page reports activity in time.
 */
export class WindowSession {
  private hasStaff = false
  private memberId: number | null = null
  private isLocked = false
  private usedAtMs = 0
  private idleMs: number | null = null
  private resuming: Promise<void> | null = null
  private lastPublished = ''
  private timer = new AbortController()
  private readonly closing = new AbortController()

  constructor(
    private readonly engine: EngineContext,
    private readonly computerUser: string,
  ) {}

  /** Reads whether there are staff members, and the time until the window locks. */
  async open(): Promise<void> {
    this.hasStaff = await hasStaff(this.engine.db)
    await this.readIdleLock()
  }

  /** Stops the timer that locks the window. */
  close(): void {
    this.closing.abort()
    this.timer.abort()
  }

  /** True while the window may receive events about orders. */
  get canSeeOrders(): boolean {
    return !this.hasStaff || (this.memberId !== null && !this.isLocked && !this.isIdle())
  }

  /** The caller of the window's commands. Throws FailureError `signed-out`, `locked`. */
  async caller(): Promise<Caller> {
    const { state, name, role } = await this.row()
    if (role !== null && state !== 'locked') return { actor: name, role }
    // The page may not know yet that the session is locked or over.
    await this.publish()
    throw state === 'locked' ? locked() : signedOut()
  }

  /** The session's current state. */
  async row(): Promise<SessionRow> {
    const member = await this.member()
    if (!this.hasStaff) return sessionRow('open', this.computerUser, 'administrator')
    if (member === null) return sessionRow('signed out', '', null)
    if (this.isIdle()) this.isLocked = true
    return sessionRow(this.isLocked ? 'locked' : 'signed in', member.name, member.role)
  }

  /** Signs a staff member in. Throws FailureError `sign-in-refused`, `sign-in-delayed`. */
  async signIn({ name, password, isKept }: ParsedInput<'session.signIn'>): Promise<SessionRow> {
    const member = await authenticate(this.engine, name, password)
    return this.startSession(member, isKept)
  }

  /** Unlocks the session. Throws the FailureErrors of `signIn`, and `signed-out`. */
  async unlock(password: string): Promise<SessionRow> {
    const member = await this.member()
    if (member === null) throw signedOut()
    await authenticate(this.engine, member.name, password)
    this.isLocked = false
    return this.markUsed()
  }

  /** Locks the session until the password is entered. */
  async lock(): Promise<SessionRow> {
    if ((await this.member()) !== null) this.isLocked = true
    return this.publish()
  }

  /** Records activity in the window. */
  async touch(): Promise<SessionRow> {
    return this.markUsed()
  }

  /** Ends the session and deletes the person's kept sign-ins. */
  async signOut(): Promise<SessionRow> {
    const member = await this.member()
    this.memberId = null
    if (member !== null) await this.engine.write(({ db }) => deleteKeptSignIns(db, member.id))
    return this.publish()
  }

  /** Adds the first staff member and signs them in. Throws FailureError `staff-exists`, `password-too-short`, `name-reserved`. */
  async createFirst({ name, password, isKept }: ParsedInput<'staff.createFirst'>): Promise<SessionRow> {
    const member = await addStaff(this.engine, { name, password, role: 'administrator' }, true)
    this.hasStaff = true
    return this.startSession(member, isKept)
  }

  /** Changes the signed-in person's password. Throws FailureError `sign-in-refused`, `sign-in-delayed`, `password-too-short`, `signed-out`. */
  async changePassword({ current, password }: ParsedInput<'session.changePassword'>): Promise<SessionRow> {
    const member = await this.member()
    if (member === null) throw signedOut()
    await authenticate(this.engine, member.name, current)
    await setPassword(this.engine, member.id, password)
    return this.markUsed()
  }

  /** Reads the idle time after which the window locks. Call it again when the setting has changed. */
  async readIdleLock(): Promise<void> {
    const minutes = await readIdleMinutes(this.engine)
    this.idleMs = minutes === null ? null : minutes * 60_000
    this.scheduleLock()
  }

  /** Publishes the session's state if it has changed, e.g. because the staff member was changed. */
  async publish(): Promise<SessionRow> {
    const row = await this.row()
    const json = JSON.stringify(row)
    if (json !== this.lastPublished) this.engine.publish('session.changed', row)
    this.lastPublished = json
    return row
  }

  private async startSession(member: StaffMemberTable, isKept: boolean): Promise<SessionRow> {
    const before = this.memberId
    if (before !== null && before !== member.id) await this.engine.write(({ db }) => deleteKeptSignIns(db, before))
    if (isKept) await keepSignIn(this.engine, member.id)
    await this.engine.write(({ db }) => updateStaff(db, member.id, { lastSignedInAt: this.engine.now() }))
    // A kept sign-in, which may be another member's, must no longer be resumed.
    this.resuming = Promise.resolve()
    this.memberId = member.id
    this.isLocked = false
    return this.markUsed()
  }

  private markUsed(): Promise<SessionRow> {
    this.usedAtMs = this.engine.clock.now().getTime()
    this.scheduleLock()
    return this.publish()
  }

  /** Reads the member every time, so that deactivating them or changing their role takes effect immediately. */
  private async member(): Promise<StaffMemberTable | null> {
    if (!this.hasStaff) return null
    this.resuming ??= this.resume()
    await this.resuming
    const member = this.memberId === null ? undefined : await findStaff(this.engine.db, this.memberId)
    if (member?.isActive !== 1) this.memberId = null
    return this.memberId === null ? null : (member ?? null)
  }

  /** Starts a session from a kept sign-in, without a password. Runs once, on the window's first query. */
  private async resume(): Promise<void> {
    const member = await keptSignInMember(this.engine)
    if (member === null) return
    this.memberId = member.id
    this.usedAtMs = this.engine.clock.now().getTime()
    this.scheduleLock()
  }

  private isIdle(): boolean {
    if (this.idleMs === null) return false
    const unusedMs = this.engine.clock.now().getTime() - this.usedAtMs
    // Setting the clock back must not extend a session.
    return unusedMs >= this.idleMs || unusedMs < -this.idleMs
  }

  /** Starts the timer that locks the window after the idle time. */
  private scheduleLock(): void {
    this.timer.abort()
    this.timer = new AbortController()
    if (this.memberId !== null && !this.isLocked && this.idleMs !== null && !this.closing.signal.aborted) {
      void this.lockWhenIdle(this.timer.signal)
    }
  }

  private async lockWhenIdle(signal: AbortSignal): Promise<void> {
    while (!this.isIdle()) {
      const unusedMs = this.engine.clock.now().getTime() - this.usedAtMs
      await this.engine.clock.tick((this.idleMs ?? 0) - unusedMs, signal)
      if (signal.aborted) return
    }
    await this.publish().catch((error: unknown) => this.engine.log.error('the window’s lock could not be published', error))
  }
}

function signedOut(): FailureError {
  return new FailureError({ code: 'signed-out', message: 'Nobody is signed in.', remedy: 'Sign in with your name and password.' })
}

function locked(): FailureError {
  return new FailureError({ code: 'locked', message: 'Ledgerdrop is locked.', remedy: 'Enter your password to continue.' })
}
