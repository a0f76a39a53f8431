import type { STORE_COMMANDS } from '../../../src-shared/contract/contract'
import type { WriteBack } from '../../../src-shared/stores'
import type { EngineContext } from '../context/context'
import type { Work } from '../context/work'
import { fetchOrder, orderPage } from '../intake/fetch-order'
import { orderDetails } from '../orders/order-details'
import type { SyncRunner } from '../runs/sync-runner'
import { setTracking } from '../store-updates/queue-updates'
import { dropUnwantedUpdates } from '../store-updates/resolve-updates'
import { countStoreOrders, testStore } from '../stores/connect-store'
import { enterStoreSecret, saveStoreSource } from '../stores/save-store'
import type { SignIns } from '../stores/sign-ins'
import { storeSecrets } from '../stores/store-secrets'
import type { HandlersOf } from './dispatcher'
import type { PublishAfter } from './publish-after'

/** Handlers for stores that are read by their API. */
export function storeHandlers(
  engine: EngineContext,
  runner: SyncRunner,
  signIns: SignIns,
  publishAfter: PublishAfter,
): HandlersOf<keyof typeof STORE_COMMANDS> {
  return {
    'stores.test': (input) => testStore(engine, signIns, input),
    'stores.count': (input) => countStoreOrders(engine, signIns, input),
    'stores.beginSignIn': ({ account, appSecret }) => signIns.begin(account, appSecret),
    'stores.signInState': async ({ signInId }) => signIns.state(signInId),
    'stores.endSignIn': async ({ signInId }) => {
      signIns.end(signInId)
      return {}
    },
    'stores.save': (input, { actor }) => {
      const onSaved = (work: Work, sourceId: number, writeBack: WriteBack) => dropUnwantedUpdates(work, sourceId, writeBack, actor)
      return publishAfter(saveStoreSource(engine, signIns, input, onSaved))
    },
    'stores.secrets': () => storeSecrets(engine),
    'stores.enterSecret': (input) => publishAfter(enterStoreSecret(engine, input)),
    'stores.fetchOrder': (input, { actor }) => publishAfter(fetchOrder(engine, input, actor)),
    'stores.setTracking': async (input, { actor }) => {
      await publishAfter(engine.write((work) => setTracking(work, input, actor)))
      await runner.runSoon('Update Store')
      return orderDetails(engine, input.orderId)
    },
    'stores.orderPage': ({ orderId }) => orderPage(engine, orderId),
  }
}
