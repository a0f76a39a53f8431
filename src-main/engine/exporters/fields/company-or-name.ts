/** Returns the company if there is one, otherwise the person's name. */
export function companyOrName(party: { company: string; name: string }): string {
  return party.company.trim() === '' ? party.name : party.company
}

/** Returns the name in messages of the value that `companyOrName` returns. */
export function companyOrNameLabel(party: { company: string }): 'company' | 'name' {
  return party.company.trim() === '' ? 'name' : 'company'
}
