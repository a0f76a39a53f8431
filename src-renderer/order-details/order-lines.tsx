import type { OrderDetails } from '../../src-shared/contract/contract'
import type { OrderLine } from '../../src-shared/order'
import { amountText } from '../text/money'
import { orderDetailsText } from '../text/order-details-text'
import { ExternalText } from '../widgets/external-text'

const text = orderDetailsText.lines

const COLUMNS = [
  { label: text.code, isNumber: false },
  { label: text.product, isNumber: false },
  { label: text.quantity, isNumber: true },
  { label: text.unitPrice, isNumber: true },
  { label: text.discount, isNumber: true },
  { label: text.net, isNumber: true },
  { label: text.tax, isNumber: true },
] as const

function LineRow({ line, currency }: { line: OrderLine; currency: string }) {
  return (
    <tr>
      <td className="line-code">
        {line.sku === '' ? <span className="soft">{orderDetailsText.screen.none}</span> : <ExternalText text={line.sku} lines="many" />}
      </td>
      <td>
        <ExternalText text={line.name} lines="many" />
        {line.note !== '' && <ExternalText text={line.note} lines="many" className="soft small" />}
      </td>
      <td className="number">
        {line.quantity} <ExternalText text={line.unit} className="soft" />
      </td>
      <td className="number">{line.unitPrice}</td>
      <td className="number">{line.discountMinor === 0 ? '' : amountText(-line.discountMinor, currency)}</td>
      <td className="number">{amountText(line.netMinor, currency)}</td>
      <td className="number">
        {amountText(line.taxMinor, currency)}
        {line.taxRate !== null && <span className="soft small">{text.taxRate(line.taxRate)}</span>}
      </td>
    </tr>
  )
}

/** The order's lines, charges and totals. */
export function OrderLines({ order }: { order: OrderDetails }) {
  const { currency } = order
  return (
    <section className="card" aria-labelledby="order-lines">
      <h2 id="order-lines">{text.title(order.lines.length)}</h2>
      <div className="table-scroll">
        <table className="plain-table" aria-labelledby="order-lines">
          <thead>
            <tr>
              {COLUMNS.map(({ label, isNumber }) => (
                <th key={label} scope="col" className={isNumber ? 'number' : undefined}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {order.lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity other than their position
              <LineRow key={index} line={line} currency={currency} />
            ))}
          </tbody>
        </table>
      </div>
      <dl className="totals">
        {order.charges.map((charge, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: charges have no identity other than their position
          <div key={index}>
            <dt>
              <ExternalText text={charge.label === '' ? charge.kind : charge.label} lines="many" />
            </dt>
            <dd>{amountText(charge.netMinor, currency)}</dd>
          </div>
        ))}
        <div>
          <dt>{text.tax}</dt>
          <dd>{amountText(order.taxMinor, currency)}</dd>
        </div>
        <div className="grand-total">
          <dt>{text.total}</dt>
          <dd>{amountText(order.totalMinor, currency)}</dd>
        </div>
      </dl>
    </section>
  )
}
