import type { ExportProblem } from '../../../../src-shared/failure'
import type { OrderXmlSettings, UblOrderSettings } from '../../../../src-shared/profiles/profiles'
import { printable } from './safe-text'
import type { NamedText } from './xml-writer'

/** The profile settings for lines without a product code. */
type CodeSettings = Pick<UblOrderSettings | OrderXmlSettings, 'productCodeRequired' | 'productCodeWhenMissing'>

/** Makes texts suitable for a file, and records changes and problems. */
interface CodeWriter {
  name(field: string, text: string): NamedText
  fixed(text: string): string
  addChange(field: string, before: string, after: string, reason: string): void
  addProblem(problem: ExportProblem): void
}

/**
 * Returns the product code of a line: the line's own code, otherwise the settings' code for lines without one,
 * otherwise an empty text. Finding: `product-code-missing`, if the line needs a code.
 */
export function productCodeFor(sku: string, name: string, label: string, settings: CodeSettings, writer: CodeWriter): NamedText {
  const field = `${label}: product code`
  const ownCode = writer.name(field, sku)
  if (ownCode.text !== '') return ownCode
  if (settings.productCodeWhenMissing !== '') {
    const code = writer.fixed(settings.productCodeWhenMissing)
    writer.addChange(field, sku, code, 'the line has no product code, so the code set for such lines was used')
    return { field, text: code }
  }
  if (settings.productCodeRequired || name === '') {
    writer.addProblem({
      code: 'product-code-missing',
      field,
      value: sku,
      message:
        name === ''
          ? `The product of ${label} has neither a product code nor a name.`
          : `The product of ${label} ("${printable(name)}") has no product code, and this destination requires one.`,
      remedy: 'Give the product a code in the store or in the product codes, then set the order to Pending.',
    })
  }
  return ownCode
}
