/** The company where there is one, else the person. */
export function companyOrName(who: { company: string; name: string }): string {
  return who.company.trim() === '' ? who.name : who.company
}
