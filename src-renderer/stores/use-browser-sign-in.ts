import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import type { StoreAccount } from '../../src-shared/stores'
import { call, openStorePage } from '../client/client'

const ASK_EVERY_MS = 1000

/** How far signing in through the store's own page is. */
export type BrowserState =
  | { kind: 'idle' }
  | { kind: 'starting' }
  /** `pageFailure`: why the page did not open; null if it did. */
  | { kind: 'waiting'; signInId: number; pageFailure: Failure | null }
  | { kind: 'done'; signInId: number; account: string }
  | { kind: 'failed'; failure: Failure }

/** A sign-in in the person's browser. What it receives stays in the engine. */
export interface BrowserSignIn {
  state: BrowserState
  begin: (account: StoreAccount) => Promise<void>
  /** Ends the sign-in; the engine then forgets what it received. */
  end: () => void
  /** Keeps what it received in the engine when the component unmounts, so that it can be used later. */
  handOver: () => void
}

/**
 * Signs in through the store's own page. Calls `onDone` after the store has sent the account. Ends the sign-in when the
 * component unmounts.
 */
export function useBrowserSignIn(onDone: (signInId: number, account: string) => void): BrowserSignIn {
  const [state, setState] = useState<BrowserState>({ kind: 'idle' })
  const openId = useRef<number | null>(null)
  const latestOnDone = useRef(onDone)
  latestOnDone.current = onDone

  const forget = useCallback(() => {
    const signInId = openId.current
    openId.current = null
    if (signInId !== null) void call('stores.endSignIn', { signInId })
  }, [])
  useEffect(() => forget, [forget])

  const waitingId = state.kind === 'waiting' ? state.signInId : null
  useEffect(() => {
    if (waitingId === null) return
    let timer: ReturnType<typeof setTimeout>
    let isCurrent = true
    const ask = async () => {
      const answer = await call('stores.signInState', { signInId: waitingId })
      if (!isCurrent) return
      if (answer.ok && answer.value.kind === 'waiting') {
        timer = setTimeout(ask, ASK_EVERY_MS)
        return
      }
      if (answer.ok && answer.value.kind === 'done') {
        setState({ kind: 'done', signInId: waitingId, account: answer.value.account })
        latestOnDone.current(waitingId, answer.value.account)
        return
      }
      forget()
      setState({ kind: 'failed', failure: failureOf(answer) })
    }
    timer = setTimeout(ask, ASK_EVERY_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [waitingId, forget])

  const begin = async (account: StoreAccount) => {
    forget()
    setState({ kind: 'starting' })
    const begun = await call('stores.beginSignIn', { account })
    if (!begun.ok) return setState({ kind: 'failed', failure: begun.error })
    const { signInId } = begun.value
    openId.current = signInId
    const opened = await openStorePage('sign-in', signInId)
    setState({ kind: 'waiting', signInId, pageFailure: opened.ok ? null : opened.error })
  }

  return {
    state,
    begin,
    end: () => {
      forget()
      setState({ kind: 'idle' })
    },
    handOver: () => {
      openId.current = null
    },
  }
}

type Answer = Awaited<ReturnType<typeof call<'stores.signInState'>>>

function failureOf(answer: Answer): Failure {
  if (!answer.ok) return answer.error
  const { value } = answer
  const text = value.kind === 'failed' ? { message: value.message, remedy: value.remedy } : { message: '', remedy: '' }
  return { code: 'sign-in-failed', ...text }
}
