/** Error messages by field path, e.g. `name`, `folder`, `policy.overdueMinutes`, `settings.currency`, `settings.header.2.element`. */
export type FieldErrors = Readonly<Record<string, string>>
