import { assertNever } from '../../../src-shared/failure'
import type { ReceivedOrder } from '../../../src-shared/order'
import type { ProfileSettings } from '../../../src-shared/profiles/profiles'
import { exportAttacheKfi } from './attache-kfi/attache-kfi-exporter'
import { exportAttacheXmlkfi } from './attache-xmlkfi/attache-xmlkfi-exporter'
import { Findings } from './fields/findings'
import type { Rendered } from './fields/rendered'
import { exportOrderXml } from './order-xml/order-xml-exporter'
import { exportUblOrder } from './ubl/ubl-order-exporter'

export type { Rendered } from './fields/rendered'

/**
 * Renders an order in a profile's format. Pure, except that it adds to `findings`, which may already contain earlier findings about the order. Never
 * throws for any order: it returns all reasons why an order cannot be written.
 */
export function renderOrder(order: ReceivedOrder, settings: ProfileSettings, findings = new Findings()): Rendered {
  switch (settings.profile) {
    case 'ubl-order':
      return exportUblOrder(order, settings, findings)
    case 'attache-xmlkfi':
      return exportAttacheXmlkfi(order, settings, findings)
    case 'attache-kfi':
      return exportAttacheKfi(order, settings, findings)
    case 'order-xml':
      return exportOrderXml(order, settings, findings)
    default:
      return assertNever(settings)
  }
}
