import { type ReactNode, useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract'
import type { Address } from '../../src-shared/order'
import { UseCodeDialog } from '../codes/use-code-dialog'
import { dayText } from '../text/dates'
import { OutsideText } from '../widgets/outside-text'
import { TimeText } from '../widgets/time-text'
import { namelessCustomer } from './missing-codes'

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function TextFact({ name, text }: { name: string; text: string }) {
  return text === '' ? null : (
    <Fact name={name}>
      <OutsideText text={text} lines="many" />
    </Fact>
  )
}

function addressLines(address: Address): string[] {
  const place = [address.city, address.region, address.postcode].filter((part) => part !== '').join(' ')
  return [address.name, address.company, address.line1, address.line2, place, address.country, address.phone, address.email].filter(
    (line) => line !== '',
  )
}

function AddressCard({ title, address }: { title: string; address: Address }) {
  const lines = addressLines(address)
  return (
    <section className="card">
      <h2>{title}</h2>
      {lines.length === 0 && <p className="soft no-margin">None given.</p>}
      <address className="address">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no other identity and never move
          <div key={index}>
            <OutsideText text={line} lines="many" />
          </div>
        ))}
      </address>
    </section>
  )
}

/** Where the order came from and where it goes. */
export function OrderFacts({ order }: { order: OrderDetails }) {
  return (
    <section className="card">
      <h2>Order</h2>
      <dl className="facts">
        <Fact name="Ordered">
          <TimeText at={order.orderedAt} />
        </Fact>
        <Fact name="Received">
          <TimeText at={order.receivedAt} />
        </Fact>
        <TextFact name="Source" text={order.sourceName} />
        <TextFact name="File" text={order.documentName} />
        <TextFact name="Destination" text={order.destinationName} />
        <TextFact name="Reference" text={order.reference} />
        {order.deliveryDate !== null && <Fact name="Deliver on">{dayText(`${order.deliveryDate}T00:00:00`)}</Fact>}
      </dl>
    </section>
  )
}

function NoCustomerCode({ order }: { order: OrderDetails }) {
  const [isAsked, setAsked] = useState(false)
  const nameless = namelessCustomer(order)
  return (
    <>
      <span className="soft">none</span>{' '}
      {nameless !== null && order.canEdit && (
        <button type="button" className="link-button small" onClick={() => setAsked(true)}>
          Use a code from now on
        </button>
      )}
      {isAsked && nameless !== null && <UseCodeDialog nameless={nameless} onClose={() => setAsked(false)} onDone={() => setAsked(false)} />}
    </>
  )
}

/** Who bought, and the two addresses. */
export function CustomerFacts({ order }: { order: OrderDetails }) {
  const { customer } = order
  return (
    <>
      <section className="card">
        <h2>Customer</h2>
        <dl className="facts">
          <Fact name="Customer code">
            {customer.code === '' ? <NoCustomerCode order={order} /> : <OutsideText text={customer.code} lines="many" />}
          </Fact>
          <TextFact name="Name" text={customer.name} />
          <TextFact name="Company" text={customer.company} />
          <TextFact name="E-mail" text={customer.email} />
          <TextFact name="Phone" text={customer.phone} />
          <TextFact name="Store's id" text={customer.storeId} />
        </dl>
      </section>
      <AddressCard title="Bill to" address={order.billTo} />
      <AddressCard title="Ship to" address={order.shipTo} />
    </>
  )
}
