// The page's content security policy forbids generating code from strings. By default, zod tries to do that and
// falls back if it fails, but the attempt logs a violation. Screens load zod lazily, so this configures it before any
// schema is created.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
