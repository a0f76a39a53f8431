import { config } from 'zod'

// The page's content security policy forbids code from strings; zod would try it and fall back, with a violation in the log.
// Imported first, before any schema is made.
config({ jitless: true })
