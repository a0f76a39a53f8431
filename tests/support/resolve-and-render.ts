import { Findings } from '../../src-main/engine/exporters/fields/findings'
import { type CodeTable, resolveCodes } from '../../src-main/engine/exporters/fields/resolve-codes'
import { type Rendered, renderOrder } from '../../src-main/engine/exporters/render-order'
import type { ReceivedOrder } from '../../src-shared/order'
import type { ProfileSettings } from '../../src-shared/profiles/profiles'

const NO_LIST: CodeTable = { isLoaded: false, codes: new Map(), aliases: new Map() }

/** Renders an order as Write Order does when no codes have been entered: resolves the codes, then renders the file. */
export function resolveAndRender(order: ReceivedOrder, settings: ProfileSettings): Rendered {
  const findings = new Findings()
  return renderOrder(resolveCodes(order, { customers: NO_LIST, products: NO_LIST }, settings, findings), settings, findings)
}
