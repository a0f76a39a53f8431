import type { UpdateState } from '../../../src-shared/contract/contract'
import type { Result } from '../../../src-shared/failure'
import { parseWebAddress } from '../../../src-shared/web-address'
import type { EngineThread } from '../../engine-thread/engine-thread'
import { openInBrowser } from './open-in-browser'

/**
 * Opens the newer version's page in the person's browser. The address comes from the engine and has the feed's origin;
 * the window's page can't choose it.
 */
export async function openUpdatePage(engine: EngineThread): Promise<Result<null>> {
  const state = await engine.invokeForWindow('updates.get', {})
  if (!state.ok) return state
  // The engine's answers are typed by the contract that both sides are compiled against.
  const { release } = state.value as UpdateState
  const page = release === null ? 'no-address' : parseWebAddress(release.page)
  if (typeof page !== 'string') return openInBrowser(page)
  return {
    ok: false,
    error: {
      code: 'update-page-gone',
      message: 'There is no page about a newer version.',
      remedy: 'An administrator can check again in Settings > Updates.',
    },
  }
}
