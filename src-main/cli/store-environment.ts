import type { OutsideSecrets } from '../engine/engine'

/** The user name, consumer key or client id of a store that is being connected. */
export const STORE_ACCOUNT = 'LEDGERDROP_STORE_ACCOUNT'
/** The secret of the store that is being connected, or of the workspace's only store. */
export const STORE_SECRET = 'LEDGERDROP_STORE_SECRET'

/**
 * Stores' secrets in environment variables: LEDGERDROP_STORE_SECRET_ and the source's name in upper snake case, e.g.
 * LEDGERDROP_STORE_SECRET_WEB_SHOP. A workspace with one store may use LEDGERDROP_STORE_SECRET.
 */
export function environmentSecrets(environment: NodeJS.ProcessEnv): OutsideSecrets {
  const value = (name: string | null) => (name === null ? null : environment[name] || null)
  return {
    find: (sourceName, others) => value(secretVariable(sourceName, others)) ?? (others.length === 0 ? value(STORE_SECRET) : null),
    remedy: (sourceName, others) => {
      const variable = secretVariable(sourceName, others)
      const either = [variable, others.length === 0 ? STORE_SECRET : null].filter((name) => name !== null).join(' or ')
      return either === ''
        ? `No environment variable can be named after this source alone. Rename it in Orders > Sync Settings, e.g. to "Shop 2".`
        : `Set the environment variable ${either} to the key. Or start Ledgerdrop, which asks for it and which commands then use.`
    },
  }
}

/** Returns the name of a source's variable; null if its name has no letters and digits for one, or if another source has the same. */
export function secretVariable(sourceName: string, others: readonly string[]): string | null {
  const suffix = upperSnakeCase(sourceName)
  return suffix === '' || others.some((other) => upperSnakeCase(other) === suffix) ? null : `${STORE_SECRET}_${suffix}`
}

/** E.g. `CAFE_NO_1` for "Café No. 1". */
function upperSnakeCase(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '')
}
