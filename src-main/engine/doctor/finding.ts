/** The result of one check of the doctor. */
export interface Finding {
  check: string
  isOk: boolean
  text: string
  /** What to do; empty if the check passed. */
  remedy: string
}

/** The finding of a check that passed. */
export function passed(check: string, text: string): Finding {
  return { check, isOk: true, text, remedy: '' }
}

/** The finding of a check that found a problem. */
export function failed(check: string, text: string, remedy: string): Finding {
  return { check, isOk: false, text, remedy }
}
