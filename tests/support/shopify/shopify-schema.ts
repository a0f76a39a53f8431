// @ts-expect-error a script without types
import { ExpectedFailure } from '../../../scripts/expected-failure.mjs'
// @ts-expect-error a script without types
import { shopifySchemaFile } from '../../../scripts/shopify-schema.mjs'

/** The file with Shopify's own schema; null if it can't be downloaded. Tests that need it are then skipped. */
export const shopifySchema: string | null = await findSchema()

/** The title of a test that needs Shopify's schema. `npm test` lists skipped tests by title, so the title gives the reason. */
export const schemaTitle = (title: string): string => `${title} (needs Shopify's schema from the npm registry)`

async function findSchema(): Promise<string | null> {
  // npm would try for minutes to reach a registry that isn't there.
  const environment = { npm_config_fetch_retries: '1', npm_config_fetch_timeout: '60000' }
  Object.assign(process.env, environment)
  try {
    return await shopifySchemaFile()
  } catch (error) {
    // A file that is there but isn't the expected one must not be passed over.
    if (error instanceof Error && error instanceof ExpectedFailure && !error.message.includes('not the expected file')) return null
    throw error
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name]
  }
}
