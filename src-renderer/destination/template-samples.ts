import type { TemplateRow } from '../../src-shared/contract/contract'

/** An order's values in the layout of the template. The line row has the values of the first order line. */
export interface TemplateSamples {
  headerRow: readonly string[]
  lineRow: readonly string[]
  closingRows: readonly (readonly string[])[]
}

/** Arranges the rows of a preview as sample values; empty if the preview has no rows. */
export function templateSamples(rows: readonly TemplateRow[]): TemplateSamples {
  const rowsIn = (section: TemplateRow['section']) => rows.filter((row) => row.section === section)
  const closingRows: (readonly string[])[] = []
  for (const row of rowsIn('closingRows')) closingRows[row.index] = row.values
  return { headerRow: rowsIn('headerRow')[0]?.values ?? [], lineRow: rowsIn('lineRow')[0]?.values ?? [], closingRows }
}
