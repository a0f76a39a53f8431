import type { SignInState } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { StoreAccount } from '../../../src-shared/stores'
import type { EngineContext } from '../context/context'
import { connectionFailure } from './connection/store-failures'
import { receiveOnLoopback } from './loopback'
import { browserSignIn, checkedAccount } from './open-store'

/** A sign-in through the store's own page. What it received stays here until the source is saved. */
interface OpenSignIn {
  /** The account that it was begun for. What it receives is for no other address. */
  begunFor: StoreAccount
  state: SignInState
  secret: string | null
  stop(): void
}

/** How long a person has to sign in. */
const LIMIT_MS = 10 * 60_000

/**
 * Signs in to stores through their own pages in the person's browser. The answer comes back to this computer; the
 * secret never leaves the engine.
 */
export class SignIns {
  private readonly open = new Map<number, OpenSignIn>()

  constructor(private readonly engine: EngineContext) {}

  /**
   * Begins a sign-in and returns the page to open. `appSecret` is empty if the way of signing in needs none. Throws FailureError `store-address-invalid`, `store-not-secure`,
   * `sign-in-failed`.
   */
  async begin(account: StoreAccount, appSecret: string): Promise<{ signInId: number; page: string }> {
    const checked = checkedAccount(account)
    const signIn = browserSignIn(this.engine, checked, appSecret)
    if (signIn === null) throw notOffered()
    const signInId = this.engine.newId()
    const ending = new AbortController()
    const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(LIMIT_MS)])
    const loopback = await receiveOnLoopback(signal, signIn.returnAddress)
    const page = await signIn.begin(loopback.address).catch((error: unknown) => {
      ending.abort()
      throw error
    })
    const entry: OpenSignIn = { begunFor: checked, state: { kind: 'waiting', page }, secret: null, stop: () => ending.abort() }
    this.open.set(signInId, entry)
    loopback.received
      .then((query) => signIn.finish(query, signal))
      .then(
        ({ account: user, secret }) => {
          entry.state = { kind: 'done', account: user }
          entry.secret = secret
        },
        (error: unknown) => {
          entry.state = failed(error, signal)
        },
      )
    return { signInId, page }
  }

  /** Returns how far a sign-in is. Throws FailureError `sign-in-missing`. */
  state(signInId: number): SignInState {
    return this.entry(signInId).state
  }

  /**
   * Returns what a sign-in received, only for the address that it was begun for. Throws FailureError `sign-in-missing`.
   */
  secret(signInId: number, account: StoreAccount): string {
    const { secret, begunFor } = this.entry(signInId)
    const { kind, address, signIn } = checkedAccount(account)
    const isSame = begunFor.kind === kind && begunFor.address === address && begunFor.signIn === signIn
    if (secret === null || !isSame) throw signInMissing()
    return secret
  }

  /** Ends a sign-in and forgets its secret. */
  end(signInId: number): void {
    this.open.get(signInId)?.stop()
    this.open.delete(signInId)
  }

  /** Ends all sign-ins. */
  stop(): void {
    for (const id of [...this.open.keys()]) this.end(id)
  }

  private entry(signInId: number): OpenSignIn {
    const entry = this.open.get(signInId)
    if (entry === undefined) throw signInMissing()
    return entry
  }
}

function failed(error: unknown, signal: AbortSignal): SignInState {
  if (error instanceof FailureError) return { kind: 'failed', message: error.message, remedy: error.remedy }
  const message = signal.aborted ? 'The sign-in was not finished within ten minutes.' : "The store's answer could not be read."
  return { kind: 'failed', message, remedy: 'Connect again.' }
}

function signInMissing(): FailureError {
  return connectionFailure('sign-in-missing', 'The sign-in has ended.', 'Connect the store again.', 'secret')
}

function notOffered(): FailureError {
  return connectionFailure('sign-in-failed', 'This way of signing in has no page in the browser.', 'Enter the key instead.')
}
