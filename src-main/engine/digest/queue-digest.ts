import type { EngineContext } from '../context/context'
import { idAt } from '../context/ids'
import { SYNC_ACTOR } from '../context/work'
import { confirmedBetween, ordersSince } from '../database/digest-store'
import { hasDigest, insertNotice } from '../database/notices-store'
import { digestSettings } from './digest-settings'
import { digestText } from './digest-text'
import { lastFinishedDay, timeOfDay } from './office-day'
import { reconcile } from './reconcile'

/**
 * Queues the digest of the last complete day if today's time for the digest has passed. The outbox records each day's
 * digest, so it isn't sent twice after a restart or if the clock is set back. Orders from days when the computer was
 * off appear as carried over.
 */
export async function queueDigest(engine: EngineContext): Promise<void> {
  const { isOn, time, addresses } = await digestSettings(engine)
  const now = engine.clock.now()
  if (!isOn || timeOfDay(now, engine.timeZone) < time) return
  const day = lastFinishedDay(now, engine.timeZone)
  await engine.write(async ({ db }) => {
    if (await hasDigest(db, day.day)) return
    const orders = await ordersSince(db, { ...day, firstId: idAt(Date.parse(day.from)) })
    const { subject, text } = digestText(day.day, reconcile(orders, await confirmedBetween(db, day), day))
    for (const address of addresses) {
      const notice = { id: engine.newId(), orderId: null, digestDay: day.day, queuedAt: engine.now(), actor: SYNC_ACTOR }
      await insertNotice(db, { ...notice, address, subject, text })
    }
  })
}
