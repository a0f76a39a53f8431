import type { TemplateRow } from '../../src-shared/contract/contract'

/** An order's values in the layout of the template. The line row has the values of the first order line. */
export interface TemplateSamples {
  headerRow: readonly string[]
  lineRow: readonly string[]
  closingRows: readonly (readonly string[])[]
}

/** The sample values from the rows of a preview; empty if it has no rows. */
export function templateSamples(rows: readonly TemplateRow[]): TemplateSamples {
  const of = (section: TemplateRow['section']) => rows.filter((row) => row.section === section)
  const closingRows: (readonly string[])[] = []
  for (const row of of('closingRows')) closingRows[row.index] = row.values
  return { headerRow: of('headerRow')[0]?.values ?? [], lineRow: of('lineRow')[0]?.values ?? [], closingRows }
}
