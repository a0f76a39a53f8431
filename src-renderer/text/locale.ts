/** The locales that dates and amounts can be written in; the words stay English. The first is the usual one. */
export const LOCALES = ['en-AU', 'en-NZ', 'en-GB', 'en-IE', 'en-ZA', 'en-CA', 'en-US'] as const
export type Locale = (typeof LOCALES)[number]

const KEPT_AS = 'ledgerdrop-locale'

/** The locale that was chosen on this computer, else the usual one. */
export function chosenLocale(): Locale {
  const kept = typeof window === 'undefined' ? null : window.localStorage.getItem(KEPT_AS)
  return LOCALES.find((locale) => locale === kept) ?? LOCALES[0]
}

/** Keeps the locale and draws the window anew: every date and amount on it may change. */
export function chooseLocale(locale: Locale): void {
  window.localStorage.setItem(KEPT_AS, locale)
  window.location.reload()
}

/** What a locale is called, e.g. `English (Australia)`. */
export function localeName(locale: Locale): string {
  const region = new Intl.DisplayNames('en', { type: 'region' }).of(locale.slice(3)) ?? locale
  return `English (${region})`
}
