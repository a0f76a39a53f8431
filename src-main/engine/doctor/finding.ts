/** One line of the doctor: what was looked at, and what was found. */
export interface Finding {
  check: string
  isWell: boolean
  text: string
  /** What to do; empty where all is well. */
  remedy: string
}

/** All is well there. */
export function well(check: string, text: string): Finding {
  return { check, isWell: true, text, remedy: '' }
}

/** Something is wrong there. */
export function wrong(check: string, text: string, remedy: string): Finding {
  return { check, isWell: false, text, remedy }
}
