import { type ReadElement, readXml } from './read-xml'

const ADDRESS =
  'cbc:StreetName cbc:AdditionalStreetName cbc:BuildingNumber cbc:Department cbc:CityName cbc:PostalZone cbc:CountrySubentity cac:Country'
const PARTY = 'cac:PartyIdentification* cac:PartyName* cac:PostalAddress cac:Contact cac:Person*'
const TAX_CATEGORY = 'cbc:ID cbc:Percent cac:TaxScheme!'
const ITEM_ID = 'cbc:ID!'
const CUSTOMER = 'cbc:CustomerAssignedAccountID cbc:SupplierAssignedAccountID cbc:AdditionalAccountID* cac:Party'

/**
 * The children that an element may have, in the order that UBL 2.1 (OASIS, 4 November 2013) requires: `!` at least one, `*` any number. The
 * table has only the elements that our documents use. Any other element is reported, so add it here before you write it.
 */
const CHILDREN: Readonly<Record<string, string>> = {
  Order: `cbc:UBLVersionID cbc:CustomizationID cbc:ProfileID cbc:ID! cbc:IssueDate! cbc:IssueTime cbc:Note* cbc:DocumentCurrencyCode
    cbc:CustomerReference cbc:LineCountNumeric cac:BuyerCustomerParty! cac:SellerSupplierParty! cac:Delivery* cac:AllowanceCharge* cac:TaxTotal*
    cac:AnticipatedMonetaryTotal cac:OrderLine!*`,
  OrderResponseSimple: `cbc:UBLVersionID cbc:ID! cbc:IssueDate! cbc:IssueTime cbc:Note* cbc:AcceptedIndicator! cbc:RejectionNote*
    cbc:CustomerReference cac:OrderReference! cac:SellerSupplierParty! cac:BuyerCustomerParty!`,
  OrderResponse: `cbc:ID! cbc:IssueDate! cbc:IssueTime cbc:OrderResponseCode cbc:Note* cbc:DocumentCurrencyCode cac:OrderReference!*
    cac:SellerSupplierParty! cac:BuyerCustomerParty!`,
  ApplicationResponse: `cbc:ID! cbc:IssueDate! cbc:IssueTime cbc:Note* cac:SenderParty! cac:ReceiverParty! cac:DocumentResponse*`,
  'cac:AllowanceCharge': `cbc:ChargeIndicator! cbc:AllowanceChargeReasonCode cbc:AllowanceChargeReason* cbc:Amount! cac:TaxCategory* cac:TaxTotal`,
  'cac:AnticipatedMonetaryTotal': `cbc:LineExtensionAmount cbc:TaxExclusiveAmount cbc:TaxInclusiveAmount cbc:AllowanceTotalAmount
    cbc:ChargeTotalAmount cbc:PrepaidAmount cbc:PayableRoundingAmount cbc:PayableAmount!`,
  'cac:BuyerCustomerParty': CUSTOMER,
  'cac:ClassifiedTaxCategory': TAX_CATEGORY,
  'cac:Contact': 'cbc:Name cbc:Telephone cbc:ElectronicMail',
  'cac:Country': 'cbc:IdentificationCode cbc:Name',
  'cac:Delivery': 'cac:DeliveryAddress cac:RequestedDeliveryPeriod cac:DeliveryParty',
  'cac:DeliveryAddress': ADDRESS,
  'cac:DeliveryParty': PARTY,
  'cac:DocumentReference': 'cbc:ID!',
  'cac:DocumentResponse': 'cac:Response! cac:DocumentReference!* cac:LineResponse*',
  'cac:Item':
    'cbc:Description* cbc:Name cac:BuyersItemIdentification cac:SellersItemIdentification cac:ClassifiedTaxCategory* cac:AdditionalItemProperty*',
  'cac:AdditionalItemProperty': 'cbc:Name! cbc:Value',
  'cac:BuyersItemIdentification': ITEM_ID,
  'cac:LineItem': `cbc:ID! cbc:Note* cbc:Quantity cbc:LineExtensionAmount cbc:TotalTaxAmount cac:AllowanceCharge* cac:Price cac:Item!`,
  'cac:LineReference': 'cbc:LineID!',
  'cac:LineResponse': 'cac:LineReference! cac:Response!*',
  'cac:OrderLine': 'cbc:Note* cac:LineItem!',
  'cac:OrderReference': 'cbc:ID! cbc:IssueDate',
  'cac:Party': PARTY,
  'cac:PartyIdentification': 'cbc:ID!',
  'cac:PartyName': 'cbc:Name!',
  'cac:Person': 'cbc:FirstName cbc:FamilyName cbc:JobTitle',
  'cac:PostalAddress': ADDRESS,
  'cac:Price': 'cbc:PriceAmount! cbc:BaseQuantity',
  'cac:ReceiverParty': PARTY,
  'cac:RequestedDeliveryPeriod': 'cbc:StartDate cbc:EndDate',
  'cac:Response': 'cbc:ResponseCode cbc:Description*',
  'cac:SellerSupplierParty': 'cbc:CustomerAssignedAccountID cbc:AdditionalAccountID* cac:Party',
  'cac:SellersItemIdentification': ITEM_ID,
  'cac:SenderParty': PARTY,
  'cac:TaxCategory': TAX_CATEGORY,
  'cac:TaxScheme': 'cbc:ID',
  'cac:TaxSubtotal': 'cbc:TaxableAmount cbc:TaxAmount! cac:TaxCategory!',
  'cac:TaxTotal': 'cbc:TaxAmount! cac:TaxSubtotal*',
}

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)$/
const ZONE = '(Z|[+-]\\d{2}:\\d{2})?'

/** The pattern for an element's text, by the end of its name. Other elements have free text. */
const TEXTS: readonly [name: RegExp, text: RegExp][] = [
  [/Date$/, new RegExp(`^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])${ZONE}$`)],
  [/Time$/, new RegExp(`^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?${ZONE}$`)],
  [/Indicator$/, /^(true|false)$/],
  [/(Amount|Quantity|Percent|Numeric)$/, DECIMAL],
]

/** Checks documents against the structure of UBL 2.1 without its schemas and returns the faults. Empty if all documents are valid. */
export function ublStructureErrors(documents: readonly Uint8Array[]): string[] {
  return documents.flatMap((bytes) => {
    const root = readXml(bytes)
    const namespace = `urn:oasis:names:specification:ubl:schema:xsd:${root.name}-2`
    return [...(root.attributes.xmlns === namespace ? [] : [`${root.name} is not in ${namespace}`]), ...faultsIn(root, root.name)]
  })
}

function faultsIn(element: ReadElement, path: string): string[] {
  if (element.name.startsWith('cbc:')) return leafFaults(element, path)
  const rules = CHILDREN[element.name]?.split(/\s+/)
  if (rules === undefined) return [`${path} is unknown`]
  return [...childFaults(element, rules, path), ...element.children.flatMap((child) => faultsIn(child, `${path}/${child.name}`))]
}

function childFaults(element: ReadElement, rules: readonly string[], path: string): string[] {
  const names = rules.map((rule) => rule.replace(/[!*]/g, ''))
  const positions = element.children.map(({ name }) => names.indexOf(name))
  const faults = element.children.filter((_, index) => positions[index] === -1).map(({ name }) => `${path} may not have ${name}`)
  const known = positions.filter((position) => position !== -1)
  if (known.some((position, index) => position < (known[index - 1] ?? 0))) faults.push(`${path} has its children in the wrong order`)
  for (const [index, rule] of rules.entries()) {
    const count = positions.filter((position) => position === index).length
    if (rule.includes('!') && count === 0) faults.push(`${path} lacks ${names[index]}`)
    if (!rule.includes('*') && count > 1) faults.push(`${path} has ${names[index]} ${count} times`)
  }
  if (element.text.trim() !== '') faults.push(`${path} has text outside its children`)
  return faults
}

function leafFaults({ name, text, attributes, children }: ReadElement, path: string): string[] {
  const faults = children.map((child) => `${path} may not have ${child.name}`)
  const rule = TEXTS.find(([end]) => end.test(name))?.[1]
  if (rule !== undefined && !rule.test(text)) faults.push(`${path} is ${JSON.stringify(text)}`)
  if (text === '') faults.push(`${path} is empty`)
  if (name.endsWith('Amount') && !/^[A-Z]{3}$/.test(attributes.currencyID ?? '')) faults.push(`${path} has no currency`)
  return faults
}
