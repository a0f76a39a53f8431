import type { Address, ReceivedOrder } from '../../../../src-shared/order'
import type { UblOrderSettings } from '../../../../src-shared/profiles/profiles'
import { companyOrName, companyOrNameLabel } from '../fields/company-or-name'
import type { XmlElement } from '../fields/xml-writer'
import type { UblWriter } from './ubl-writer'

/**
 * Returns the buyer. SupplierAssignedAccountID is the accounting package's customer code, i.e. the seller's identifier
 * for the account [D]. (Marks: see docs/formats/ubl-order.md.)
 */
export function ublBuyer(order: ReceivedOrder, ubl: UblWriter): XmlElement | null {
  const { cbc, group } = ubl
  const { customer, billTo } = order
  const customerName = ubl.name(`customer ${companyOrNameLabel(customer)}`, companyOrName(customer))
  const name = customerName.text === '' ? ubl.name(`billing address: ${companyOrNameLabel(billTo)}`, companyOrName(billTo)) : customerName
  return group('cac:BuyerCustomerParty', [
    cbc('SupplierAssignedAccountID', ubl.code('customer code', customer.code)),
    cbc('AdditionalAccountID', ubl.name("store's customer id", customer.storeId)),
    group('cac:Party', [
      group('cac:PartyName', [cbc('Name', name.text === '' ? 'Customer without a name' : name)]),
      address('cac:PostalAddress', 'billing address', billTo, ubl),
      group('cac:Contact', [
        cbc('Name', ubl.name('customer name', customer.name)),
        cbc('Telephone', ubl.name('customer phone', customer.phone.trim() === '' ? billTo.phone : customer.phone)),
        cbc('ElectronicMail', ubl.name('customer email', customer.email.trim() === '' ? billTo.email : customer.email)),
      ]),
    ]),
  ])
}

/** Returns the seller: the office's own business, from the settings. */
export function ublSeller(settings: UblOrderSettings, ubl: UblWriter): XmlElement | null {
  const { cbc, group } = ubl
  const name = group('cac:PartyName', [cbc('Name', ubl.fixed(settings.sellerName) || 'Seller')])
  return group('cac:SellerSupplierParty', [group('cac:Party', [name])])
}

/** Returns the delivery address and date; null if the order has neither. */
export function ublDelivery(shipTo: Address, deliveryDay: string | null, ubl: UblWriter): XmlElement | null {
  const { cbc, group } = ubl
  const day = { field: 'delivery date', text: deliveryDay ?? '' }
  return group('cac:Delivery', [
    address('cac:DeliveryAddress', 'delivery address', shipTo, ubl),
    group('cac:RequestedDeliveryPeriod', [cbc('StartDate', day), cbc('EndDate', day)]),
    group('cac:DeliveryParty', [
      group('cac:PartyName', [cbc('Name', ubl.name(`delivery address: ${companyOrNameLabel(shipTo)}`, companyOrName(shipTo)))]),
      group('cac:Contact', [
        cbc('Name', ubl.name('delivery address: name', shipTo.name)),
        cbc('Telephone', ubl.name('delivery address: phone', shipTo.phone)),
        cbc('ElectronicMail', ubl.name('delivery address: email', shipTo.email)),
      ]),
    ]),
  ])
}

function address(name: string, label: string, from: Address, ubl: UblWriter): XmlElement | null {
  const { cbc, group } = ubl
  const country = ubl.name(`${label}: country`, from.country)
  const parts = [
    cbc('StreetName', ubl.name(`${label}: line 1`, from.line1)),
    cbc('AdditionalStreetName', ubl.name(`${label}: line 2`, from.line2)),
    cbc('CityName', ubl.name(`${label}: city`, from.city)),
    cbc('PostalZone', ubl.name(`${label}: postcode`, from.postcode)),
    cbc('CountrySubentity', ubl.name(`${label}: state`, from.region)),
    group('cac:Country', [cbc(/^[A-Z]{2}$/.test(country.text) ? 'IdentificationCode' : 'Name', country)]),
  ]
  return group(name, parts, {}, label)
}
