import type { ExportProblem } from '../../../../src-shared/failure'
import type { OrderXmlSettings, UblOrderSettings } from '../../../../src-shared/profiles/profiles'
import { shown } from './safe-text'
import type { NamedText } from './xml-writer'

/** What a profile says about lines without a product code. */
type CodeSettings = Pick<UblOrderSettings | OrderXmlSettings, 'productCodeRequired' | 'productCodeWhenMissing'>

/** Makes texts fit for a file, and notes what it did. */
interface CodeWriter {
  name(field: string, text: string): NamedText
  fixed(text: string): string
  changed(field: string, before: string, after: string, reason: string): void
  problem(problem: ExportProblem): void
}

/** The product code of a line: its own, else the one set for such lines, else none or `product-code-missing`. A line needs a code or a name. */
export function productCodeFor(sku: string, name: string, label: string, settings: CodeSettings, writer: CodeWriter): NamedText {
  const field = `${label}: product code`
  const own = writer.name(field, sku)
  if (own.text !== '') return own
  if (settings.productCodeWhenMissing !== '') {
    const code = writer.fixed(settings.productCodeWhenMissing)
    writer.changed(field, sku, code, 'the line has no product code: the code set for such lines')
    return { field, text: code }
  }
  if (settings.productCodeRequired || name === '') {
    writer.problem({
      code: 'product-code-missing',
      field,
      value: sku,
      message:
        name === ''
          ? `The product of ${label} has neither a product code nor a name.`
          : `The product of ${label} ("${shown(name)}") has no product code, and this destination asks for one.`,
      remedy: 'Give the product a code in the store or in the product code table, then set the order to Pending.',
    })
  }
  return own
}
