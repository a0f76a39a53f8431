// The page's content security policy forbids code from strings; zod would try it and fall back, with a violation in the log. Screens that use
// zod come later than the first one: its settings are laid where it looks for them, before any schema is made.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
