// The page's content security policy forbids generating code from strings. zod would try it and fall back, which logs a violation. Screens load zod
// lazily, so this sets its global configuration before any schema is created.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
