import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validateXML } from 'xmllint-wasm'
import { REFERENCE_DATA } from './reference-data'

const XSDRT = join(REFERENCE_DATA, 'ubl-2.1/xsdrt')

/** Validates documents against the project's assets/order-xml.xsd with libxml2 and returns its messages. Empty if all documents are valid. */
export async function orderXmlErrors(documents: readonly Uint8Array[]): Promise<string[]> {
  const fileName = 'order-xml.xsd'
  const result = await validateXML({
    xml: documents.map((contents, index) => ({ fileName: `order-${index}.xml`, contents })),
    schema: { fileName, contents: readFileSync(join(import.meta.dirname, '../../assets', fileName), 'utf8') },
    initialMemoryPages: 1024,
    maxMemoryPages: 8192,
  })
  return result.valid ? [] : result.errors.map((error) => error.rawMessage)
}

/** Validates documents against UBL-Order-2.1.xsd with libxml2 and returns its messages. Empty if all documents are valid. */
export function ublOrderErrors(documents: readonly Uint8Array[]): Promise<string[]> {
  return ublErrors(documents, 'Order')
}

/** Validates UBL 2.1 documents of one type with libxml2 and returns its messages. Empty if all documents are valid. */
export async function ublErrors(
  documents: readonly Uint8Array[],
  type: 'Order' | 'OrderResponse' | 'OrderResponseSimple' | 'ApplicationResponse',
): Promise<string[]> {
  const schema = `UBL-${type}-2.1.xsd`
  const common = readdirSync(join(XSDRT, 'common'))
  const result = await validateXML({
    xml: documents.map((contents, index) => ({ fileName: `order-${index}.xml`, contents })),
    schema: { fileName: schema, contents: readFileSync(join(XSDRT, 'maindoc', schema), 'utf8').replaceAll('../common/', '') },
    preload: common.map((fileName) => ({ fileName, contents: readFileSync(join(XSDRT, 'common', fileName), 'utf8') })),
    initialMemoryPages: 1024,
    maxMemoryPages: 8192,
  })
  return result.valid ? [] : result.errors.map((error) => error.rawMessage)
}
