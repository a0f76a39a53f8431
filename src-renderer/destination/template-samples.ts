import type { TemplateRow } from '../../src-shared/contract/contract'

/** An order's values, as they lie in the template: the line row's are the first line's. */
export interface TemplateSamples {
  headerRow: readonly string[]
  lineRow: readonly string[]
  closingRows: readonly (readonly string[])[]
}

/** The values of a preview's rows; none where it has no rows. */
export function templateSamples(rows: readonly TemplateRow[]): TemplateSamples {
  const of = (section: TemplateRow['section']) => rows.filter((row) => row.section === section)
  const closingRows: (readonly string[])[] = []
  for (const row of of('closingRows')) closingRows[row.index] = row.values
  return { headerRow: of('headerRow')[0]?.values ?? [], lineRow: of('lineRow')[0]?.values ?? [], closingRows }
}
