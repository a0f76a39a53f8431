import { IconExternalLink } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract/contract'
import type { Address } from '../../src-shared/order'
import { useCan } from '../session/can'
import { showStorePage } from '../stores/open-store-page'
import { AssignCodeDialog } from '../sync-settings/assign-code-dialog'
import { dayText } from '../text/dates'
import { orderDetailsText } from '../text/order-details-text'
import { storesText } from '../text/stores-text'
import { ExternalText } from '../widgets/external-text'
import { TimeText } from '../widgets/time-text'
import { customerWithoutCode } from './missing-codes'

const text = orderDetailsText.facts

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function TextFact({ name, value }: { name: string; value: string }) {
  return value === '' ? null : (
    <Fact name={name}>
      <ExternalText text={value} lines="many" />
    </Fact>
  )
}

function addressLines(address: Address): string[] {
  const cityLine = [address.city, address.region, address.postcode].filter((part) => part !== '').join(' ')
  return [address.name, address.company, address.line1, address.line2, cityLine, address.country, address.phone, address.email].filter(
    (line) => line !== '',
  )
}

function AddressCard({ title, address }: { title: string; address: Address }) {
  const lines = addressLines(address)
  return (
    <section className="card">
      <h2>{title}</h2>
      {lines.length === 0 && <p className="soft no-margin">{text.noAddress}</p>}
      <address className="address">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity other than their position
          <div key={index}>
            <ExternalText text={line} lines="many" />
          </div>
        ))}
      </address>
    </section>
  )
}

/** A card with the order's dates, source, destination and reference. */
export function OrderFacts({ order }: { order: OrderDetails }) {
  return (
    <section className="card">
      <h2>{text.order}</h2>
      <dl className="facts">
        <Fact name={text.ordered}>
          <TimeText at={order.orderedAt} />
        </Fact>
        <Fact name={text.received}>
          <TimeText at={order.receivedAt} />
        </Fact>
        <Fact name={text.source}>
          <ExternalText text={order.sourceName} lines="many" />
          {order.storeKind !== null && (
            <button type="button" className="link-button small open-in-store" onClick={() => showStorePage('order', order.id)}>
              {storesText.openInStore}
              <IconExternalLink size={13} aria-hidden />
            </button>
          )}
        </Fact>
        <TextFact name={text.file} value={order.documentName} />
        <TextFact name={text.destination} value={order.destinationName} />
        <TextFact name={text.reference} value={order.reference} />
        {order.deliveryDate !== null && <Fact name={text.deliverOn}>{dayText(`${order.deliveryDate}T00:00:00`)}</Fact>}
      </dl>
    </section>
  )
}

function NoCustomerCode({ order }: { order: OrderDetails }) {
  const [isOpen, setOpen] = useState(false)
  const canSave = useCan('codes.save')
  const missingCode = customerWithoutCode(order)
  return (
    <>
      <span className="soft">{orderDetailsText.screen.none}</span>{' '}
      {missingCode !== null && order.canEdit && canSave && (
        <button type="button" className="link-button small" onClick={() => setOpen(true)}>
          {text.assignCode}
        </button>
      )}
      {isOpen && missingCode !== null && (
        <AssignCodeDialog missing={missingCode} onClose={() => setOpen(false)} onDone={() => setOpen(false)} />
      )}
    </>
  )
}

/** Cards with the customer and the billing and shipping addresses. */
export function CustomerFacts({ order }: { order: OrderDetails }) {
  const { customer } = order
  return (
    <>
      <section className="card">
        <h2>{text.customer}</h2>
        <dl className="facts">
          <Fact name={text.customerCode}>
            {customer.code === '' ? <NoCustomerCode order={order} /> : <ExternalText text={customer.code} lines="many" />}
          </Fact>
          <TextFact name={text.name} value={customer.name} />
          <TextFact name={text.company} value={customer.company} />
          <TextFact name={text.email} value={customer.email} />
          <TextFact name={text.phone} value={customer.phone} />
          <TextFact name={text.storeId} value={customer.storeId} />
        </dl>
      </section>
      <AddressCard title={text.billTo} address={order.billTo} />
      <AddressCard title={text.shipTo} address={order.shipTo} />
    </>
  )
}
