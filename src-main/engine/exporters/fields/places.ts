import type { Place } from '../../../../src-shared/failure'

/** Where the values of an order stand in its file, by the names that messages give them. */
export class Places {
  private readonly byField = new Map<string, { place: Place; text: string }[]>()

  /** Notes where a value came to stand, and the value as it stands there. */
  note(field: string, place: Place, text: string): void {
    const known = this.byField.get(field)
    if (known === undefined) this.byField.set(field, [{ place, text }])
    else known.push({ place, text })
  }

  /** The place of that value of a field, else the field's first, else that of the line, charge or address that it belongs to. */
  of(field: string, text: string): Place | undefined {
    const own = this.byField.get(field) ?? this.byField.get(field.split(': ')[0] ?? '')
    return (own?.find((each) => each.text === text) ?? own?.[0])?.place
  }
}
