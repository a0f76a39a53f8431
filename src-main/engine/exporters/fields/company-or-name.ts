/** The company where there is one, else the person. */
export function companyOrName(who: { company: string; name: string }): string {
  return who.company.trim() === '' ? who.name : who.company
}

/** Which of the two `companyOrName` gives, as messages call it. */
export function companyOrNameWord(who: { company: string }): 'company' | 'name' {
  return who.company.trim() === '' ? 'name' : 'company'
}
