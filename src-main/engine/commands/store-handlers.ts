import type { STORE_COMMANDS } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { fetchOrder, orderPage } from '../intake/fetch-order'
import { countStoreOrders, testStore } from '../stores/connect-store'
import { enterStoreSecret, saveStoreSource } from '../stores/save-store'
import type { SignIns } from '../stores/sign-ins'
import { storeSecrets } from '../stores/store-secrets'
import type { HandlersOf } from './dispatcher'
import type { PublishAfter } from './publish-after'

/** Handlers for stores that are read by their API. */
export function storeHandlers(
  engine: EngineContext,
  signIns: SignIns,
  publishAfter: PublishAfter,
): HandlersOf<keyof typeof STORE_COMMANDS> {
  return {
    'stores.test': (input) => testStore(engine, signIns, input),
    'stores.count': (input) => countStoreOrders(engine, signIns, input),
    'stores.beginSignIn': ({ account }) => signIns.begin(account),
    'stores.signInState': async ({ signInId }) => signIns.state(signInId),
    'stores.endSignIn': async ({ signInId }) => {
      signIns.end(signInId)
      return {}
    },
    'stores.save': (input) => publishAfter(saveStoreSource(engine, signIns, input)),
    'stores.secrets': () => storeSecrets(engine),
    'stores.enterSecret': (input) => publishAfter(enterStoreSecret(engine, input)),
    'stores.fetchOrder': (input, { actor }) => publishAfter(fetchOrder(engine, input, actor)),
    'stores.orderPage': ({ orderId }) => orderPage(engine, orderId),
  }
}
