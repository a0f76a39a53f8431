import type { SignInState, StorePageOf, SyncSettings } from '../../../src-shared/contract/contract'
import { assertNever, type Result } from '../../../src-shared/failure'
import { parseWebAddress } from '../../../src-shared/web-address'
import type { EngineThread } from '../../engine-thread/engine-thread'
import { openInBrowser } from './open-in-browser'

/**
 * Opens a page of a store in the person's browser: an order's page in the store's administration, the store itself, or
 * the page of a sign-in. The address comes from the engine, which checks the person's role; the window's page only says
 * whose page it is.
 */
export async function openStorePage(engine: EngineThread, of: StorePageOf, id: number): Promise<Result<null>> {
  const address = await addressOf(engine, of, id)
  if (!address.ok) return address
  const page = parseWebAddress(address.value)
  if (typeof page !== 'string') return openInBrowser(page)
  return {
    ok: false,
    error: {
      code: 'browser-not-opened',
      message: 'Ledgerdrop only opens pages that are reached by https.',
      remedy: `Open ${address.value} in a browser yourself.`,
    },
  }
}

/** The engine's answers are typed by the contract that both sides are compiled against. */
async function addressOf(engine: EngineThread, of: StorePageOf, id: number): Promise<Result<string>> {
  switch (of) {
    case 'order': {
      const answer = await engine.invokeForWindow('stores.orderPage', { orderId: id })
      return answer.ok ? { ok: true, value: (answer.value as { page: string }).page } : answer
    }
    case 'sign-in': {
      const answer = await engine.invokeForWindow('stores.signInState', { signInId: id })
      if (!answer.ok) return answer
      const state = answer.value as SignInState
      return state.kind === 'waiting' ? { ok: true, value: state.page } : missing('This sign-in has ended.', 'Connect again.')
    }
    case 'source': {
      const answer = await engine.invokeForWindow('settings.get', {})
      if (!answer.ok) return answer
      const store = (answer.value as SyncSettings).sources.find((source) => source.id === id)?.store
      return store ? { ok: true, value: store.address } : missing('This source is not a store.', 'Open Orders > Sync Settings again.')
    }
    default:
      return assertNever(of)
  }
}

function missing(message: string, remedy: string): Result<never> {
  return { ok: false, error: { code: 'store-missing', message, remedy } }
}
