import type { TextRange } from '../../../../src-shared/failure'

/** The positions of an order's values in its file, by the values' names in messages. */
export class FieldLocations {
  private readonly byField = new Map<string, { range: TextRange; text: string }[]>()

  /** Adds the position of a value, and the value as it is written there. */
  add(field: string, range: TextRange, text: string): void {
    const known = this.byField.get(field)
    if (known === undefined) this.byField.set(field, [{ range, text }])
    else known.push({ range, text })
  }

  /**
   * Returns the position of a field's value. Falls back to the field's first value, then to the line, charge or address
   * that the field belongs to.
   */
  find(field: string, text: string): TextRange | undefined {
    const positions = this.byField.get(field) ?? this.byField.get(field.split(': ')[0] ?? '')
    return (positions?.find((each) => each.text === text) ?? positions?.[0])?.range
  }
}
