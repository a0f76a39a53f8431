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
 * Writes an order in a profile's format. Pure but for the findings, in which what was found out about the order before may stand already. Never
 * throws for any order: what cannot be written comes back as problems, all at once.
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
