import { assertNever } from '../../../src-shared/failure'
import type { ReceivedOrder } from '../../../src-shared/order'
import type { ProfileSettings } from '../../../src-shared/profiles'
import { exportAttacheKfi } from './attache-kfi-exporter'
import { exportAttacheXmlkfi } from './attache-xmlkfi-exporter'
import { exportOrderXml } from './order-xml-exporter'
import type { Rendered } from './rendered'
import { exportUblOrder } from './ubl-order-exporter'

export type { Rendered } from './rendered'

/** Writes an order in a profile's format. Pure, and never throws for any order: what cannot be written comes back as problems, all at once. */
export function renderOrder(order: ReceivedOrder, settings: ProfileSettings): Rendered {
  switch (settings.profile) {
    case 'ubl-order':
      return exportUblOrder(order, settings)
    case 'attache-xmlkfi':
      return exportAttacheXmlkfi(order, settings)
    case 'attache-kfi':
      return exportAttacheKfi(order, settings)
    case 'order-xml':
      return exportOrderXml(order, settings)
    default:
      return assertNever(settings)
  }
}
