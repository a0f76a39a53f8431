/** Returns the company if there is one, otherwise the person's name. */
export function companyOrName(who: { company: string; name: string }): string {
  return who.company.trim() === '' ? who.name : who.company
}

/** Returns what messages call the value of `companyOrName`. */
export function companyOrNameLabel(who: { company: string }): 'company' | 'name' {
  return who.company.trim() === '' ? 'name' : 'company'
}
