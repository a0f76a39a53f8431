import type { LineElement } from '../../../src-shared/profiles'

/** Elements in the order of a site's own screen, with what needs a person's look. */
export interface ArrangedElements<E> {
  elements: E[]
  /** On the site's list, not in the profile: candidates to add. */
  unused: string[]
  /** In the profile, not on the site's list: Attaché may refuse them. They stay, at the end. */
  unknown: string[]
}

/** Arranges a section's elements after a site's pasted field list (Ctrl+F9, then Export (F11) [D]); its layout is not known, so every word counts as a name. */
export function arrangeElements<E extends Pick<LineElement, 'element'>>(elements: readonly E[], pasted: string): ArrangedElements<E> {
  const names = [...new Set(pasted.toLowerCase().match(/[a-z_][a-z0-9_]*/g) ?? [])]
  const place = (each: E) => names.indexOf(each.element.toLowerCase())
  const used = new Set(elements.map((each) => each.element.toLowerCase()))
  const known = elements.filter((each) => place(each) >= 0).sort((a, b) => place(a) - place(b))
  const unknown = elements.filter((each) => place(each) < 0)
  return {
    elements: [...known, ...unknown],
    unused: names.filter((name) => !used.has(name)),
    unknown: unknown.map((each) => each.element),
  }
}
