import type { Migration } from 'kysely/migration'
import { createTables } from './0010-create-tables'
import { createCodes } from './0020-create-codes'
import { createNotices } from './0030-create-notices'
import { addCodesByHand } from './0040-add-codes-by-hand'
import { createStaff } from './0050-create-staff'
import { sortAndCountOrders } from './0060-sort-and-count-orders'
import { createSchedulesAndRunLog } from './0070-schedules-and-run-log'
import { addTimelineChanges } from './0080-add-timeline-changes'
import { createForgottenDeliveries } from './0090-create-forgotten-deliveries'
import { allowDigests } from './0100-allow-digests'
import { searchByDate } from './0110-search-by-date'
import { fenceDeliveries } from './0120-fence-deliveries'
import { recogniseOrders } from './0140-recognise-orders'
import { refuseWrongTotals } from './0150-refuse-wrong-totals'
import { countReviews } from './0160-count-reviews'
import { keepAnnouncedMarks } from './0170-keep-announced-marks'
import { connectStores } from './0180-connect-stores'
import { createStoreUpdates } from './0190-create-store-updates'

/** Every migration, oldest first. They are never edited after they are released. */
export const ALL_MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0010-create-tables': { up: createTables },
  '0020-create-codes': { up: createCodes },
  '0030-create-notices': { up: createNotices },
  '0040-add-codes-by-hand': { up: addCodesByHand },
  '0050-create-staff': { up: createStaff },
  '0060-sort-and-count-orders': { up: sortAndCountOrders },
  '0070-schedules-and-run-log': { up: createSchedulesAndRunLog },
  '0080-add-timeline-changes': { up: addTimelineChanges },
  '0090-create-forgotten-deliveries': { up: createForgottenDeliveries },
  '0100-allow-digests': { up: allowDigests },
  '0110-search-by-date': { up: searchByDate },
  '0120-fence-deliveries': { up: fenceDeliveries },
  '0140-recognise-orders': { up: recogniseOrders },
  '0150-refuse-wrong-totals': { up: refuseWrongTotals },
  '0160-count-reviews': { up: countReviews },
  '0170-keep-announced-marks': { up: keepAnnouncedMarks },
  '0180-connect-stores': { up: connectStores },
  '0190-create-store-updates': { up: createStoreUpdates },
}
