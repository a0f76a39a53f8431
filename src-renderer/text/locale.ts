/** The locales for dates and amounts; the text itself is always English. The first is the default. */
export const LOCALES = ['en-AU', 'en-NZ', 'en-GB', 'en-IE', 'en-ZA', 'en-CA', 'en-US'] as const
export type Locale = (typeof LOCALES)[number]

const STORAGE_KEY = 'ledgerdrop-locale'

/** The locale that was chosen on this computer, or the default. */
export function chosenLocale(): Locale {
  const stored = typeof window === 'undefined' ? null : window.localStorage.getItem(STORAGE_KEY)
  return LOCALES.find((locale) => locale === stored) ?? LOCALES[0]
}

/** Stores the locale and reloads the window, because every date and amount in it may change. */
export function chooseLocale(locale: Locale): void {
  window.localStorage.setItem(STORAGE_KEY, locale)
  window.location.reload()
}

/** The name of a locale, e.g. `English (Australia)`. */
export function localeName(locale: Locale): string {
  const region = new Intl.DisplayNames('en', { type: 'region' }).of(locale.slice(3)) ?? locale
  return `English (${region})`
}
