import { type Address, EMPTY_ADDRESS, type ReceivedOrder } from '../../../../src-shared/order'
import { quoted } from '../reading/import-problems'
import { joinTexts } from '../reading/join-texts'
import type { UblFields } from './ubl-fields'

/** A party's identifiers: GLNs and similar under `global`, all others under `own`. */
function partyIds(party: UblFields): { own: string[]; global: string[] } {
  const own: string[] = []
  const global: string[] = []
  for (const identification of party.aggregates('PartyIdentification')) {
    const id = identification.text('ID')
    if (id === '') continue
    const scheme = identification.attribute('ID', 'schemeID')
    if (/^(GLN|GTIN|DUNS|0088|0060)$/i.test(scheme)) global.push(id)
    else own.push(id)
  }
  const endpoint = party.text('EndpointID')
  if (endpoint !== '') global.push(endpoint)
  return { own, global }
}

/** The customer. Adds a warning if the buyer's own id has to serve as the customer code. */
export function readCustomer(buyer: UblFields, warnings: string[]): ReceivedOrder['customer'] {
  const party = buyer.aggregate('Party')
  const ids = partyIds(party)
  const address = partyAddress(party, party.aggregate('PostalAddress'))
  const ourCode = buyer.text('SupplierAssignedAccountID')
  const code = ourCode || ids.own[0] || ids.global[0] || ''
  if (ourCode === '' && code !== '') {
    warnings.push(`The document names no customer code of yours; the buyer's own id ${quoted(code)} was taken as the customer code.`)
  }
  return {
    code,
    storeId: buyer.text('AdditionalAccountID') || ids.global[0] || ids.own[0] || '',
    name: address.name,
    company: address.company,
    email: address.email,
    phone: address.phone,
  }
}

/** A key that identifies the buyer. */
export function buyerKey(buyer: UblFields): string {
  const party = buyer.aggregate('Party')
  const ids = partyIds(party)
  return (
    buyer.text('SupplierAssignedAccountID') ||
    ids.own[0] ||
    ids.global[0] ||
    party.aggregate('PartyName').text('Name') ||
    party.aggregate('PartyLegalEntity').text('RegistrationName')
  ).slice(0, 200)
}

/** A party's address. If it names a person, the party's name is the company. Otherwise the party's name is the name, without a company. */
export function partyAddress(party: UblFields, postal: UblFields): Address {
  const contact = party.aggregate('Contact')
  const person = party.aggregate('Person')
  const partyName = party.aggregate('PartyName').text('Name') || party.aggregate('PartyLegalEntity').text('RegistrationName')
  const personName =
    contact.text('Name') || joinTexts(' ', [person.text('FirstName'), person.text('MiddleName'), person.text('FamilyName')])
  return {
    ...postalAddress(postal),
    name: personName || partyName,
    company: personName === '' || personName === partyName ? '' : partyName,
    phone: contact.text('Telephone'),
    email: contact.text('ElectronicMail'),
  }
}

function postalAddress(postal: UblFields): Address {
  const postbox = postal.text('Postbox')
  const street = joinTexts(' ', [postal.text('StreetName'), postal.text('BuildingNumber')])
  const parts = [
    street,
    postal.text('AdditionalStreetName'),
    postal.text('BlockName'),
    postal.text('BuildingName'),
    postal.text('Floor'),
    postal.text('Room'),
    /^\d+$/.test(postbox) ? `PO Box ${postbox}` : postbox,
    postal.text('Department'),
    postal.text('CitySubdivisionName'),
    ...postal.aggregates('AddressLine').map((line) => line.text('Line')),
  ].filter((part) => part !== '')
  return {
    ...EMPTY_ADDRESS,
    line1: parts[0] ?? '',
    line2: parts.slice(1).join(', '),
    city: postal.text('CityName'),
    region: postal.text('CountrySubentity') || postal.text('CountrySubentityCode') || postal.text('Region'),
    postcode: postal.text('PostalZone'),
    country: postal.aggregate('Country').text('IdentificationCode') || postal.aggregate('Country').text('Name'),
  }
}

/** The delivery address. */
export function readShipTo(order: UblFields, buyer: UblFields): Address {
  const delivery = order.aggregate('Delivery')
  const party = delivery.aggregate('DeliveryParty')
  const postal = [
    delivery.aggregate('DeliveryAddress'),
    delivery.aggregate('DeliveryLocation', 'Address'),
    party.aggregate('PostalAddress'),
  ].find((candidate) => candidate.exists)
  if (postal === undefined && !party.exists) return EMPTY_ADDRESS
  const address = partyAddress(party, postal ?? party)
  const contact = buyer.aggregate('DeliveryContact')
  return {
    ...address,
    name: address.name || contact.text('Name') || delivery.aggregate('DeliveryLocation').text('Name'),
    phone: address.phone || contact.text('Telephone'),
    email: address.email || contact.text('ElectronicMail'),
  }
}
