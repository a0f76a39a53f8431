import type { TextRange } from '../../../../src-shared/failure'

/** The positions of an order's values in its file, by the names of the values in messages. */
export class FieldLocations {
  private readonly byField = new Map<string, { range: TextRange; text: string }[]>()

  /** Adds the position of a value, and the value as it is written there. */
  add(field: string, range: TextRange, text: string): void {
    const known = this.byField.get(field)
    if (known === undefined) this.byField.set(field, [{ range, text }])
    else known.push({ range, text })
  }

  /** Returns the position of a value of a field, else of the field's first value, else of the line, charge or address that it belongs to. */
  of(field: string, text: string): TextRange | undefined {
    const own = this.byField.get(field) ?? this.byField.get(field.split(': ')[0] ?? '')
    return (own?.find((each) => each.text === text) ?? own?.[0])?.range
  }
}
