import { FailureError } from '../../../../src-shared/failure'
import type { Store } from './store'

/** Shorter secrets occur in any text by chance. No store's keys are that short. */
const MIN_LENGTH = 6
const HIDDEN = '[hidden]'

/**
 * Returns the store with failures that never contain its secret. They quote what the store answered, and a store's error page may repeat the request
 * with its key: as it is, as part of an address, or as the Authorization header of Basic authentication.
 */
export function hideSecret(store: Store, account: string, secret: string): Store {
  const forms = [secret, encodeURIComponent(secret), Buffer.from(`${account}:${secret}`).toString('base64')]
  const hidden = forms.filter((form) => form.length >= MIN_LENGTH)
  const without = (text: string) => hidden.reduce((result, form) => result.replaceAll(form, HIDDEN), text)
  const rethrow = (error: unknown): never => {
    if (!(error instanceof FailureError)) throw error
    const failure = error.toFailure()
    throw new FailureError({ ...failure, message: without(failure.message), remedy: without(failure.remedy) })
  }
  return {
    batchSize: store.batchSize,
    test: (signal) => store.test(signal).catch(rethrow),
    count: (since, statuses, signal) => store.count(since, statuses, signal).catch(rethrow),
    now: (signal) => store.now(signal).catch(rethrow),
    async *listChanged(since, signal) {
      try {
        yield* store.listChanged(since, signal)
      } catch (error) {
        rethrow(error)
      }
    },
    get: (ids, signal) => store.get(ids, signal).catch(rethrow),
    getOne: (id, signal, placedAt) => store.getOne(id, signal, placedAt).catch(rethrow),
    find: (number, signal) => store.find(number, signal).catch(rethrow),
    orderPage: (id) => store.orderPage(id),
    update: (id, update, mark, signal) => store.update(id, update, mark, signal).catch(rethrow),
  }
}
