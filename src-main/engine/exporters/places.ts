import type { Place } from '../../../src-shared/failure'

/** Where the values of an order stand in its file, by the names that messages give them. */
export class Places {
  private readonly byField = new Map<string, Place>()

  /** Notes a place; the first one of a field counts. */
  note(field: string, place: Place): void {
    if (!this.byField.has(field)) this.byField.set(field, place)
  }

  /** The place of a field, else of the line, charge or address that it belongs to. */
  of(field: string): Place | undefined {
    return this.byField.get(field) ?? this.byField.get(field.split(': ')[0] ?? '')
  }
}
