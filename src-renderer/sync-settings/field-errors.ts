/** Messages by field: `name`, `folder`, `policy.overdueMinutes`, `settings.currency`, `settings.header.2.element`. */
export type FieldErrors = Readonly<Record<string, string>>
