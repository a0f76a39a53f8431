import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheEntry } from './cache-entry.mjs'
import { fetchRegistryPackage } from './electron-fallback/registry-package.mjs'

/** The package in which Shopify publishes the schema of its Admin API. Installing it would pull 370 MB, so only one of its files is taken. */
const PACKAGE = {
  name: '@shopify/dev-mcp',
  version: '1.16.0',
  integrity: 'sha512-tqgRnK7sQhjew+htxtleTH23nXB5fZcsrhWgEkomsorGXvLOB2mh2upwZm8uzuTDNTZnqtLMe64yIwh6s2awtw==',
}

/** The introspection of the Admin API's version that the store uses. */
const FILE = 'admin_2026-10.json.gz'

/**
 * Returns the file with Shopify's own schema (gzipped JSON). It is downloaded once, to the cache outside the clone. Throws ExpectedFailure if the
 * registry can't be reached or doesn't have it.
 */
export async function shopifySchemaFile() {
  const entry = await cacheEntry(`shopify-schema-${PACKAGE.version}-r1`, async (folder) => {
    const download = mkdtempSync(join(tmpdir(), 'shopify-schema-'))
    try {
      mkdirSync(folder, { recursive: true })
      const unpacked = await fetchRegistryPackage(PACKAGE, download, [`dist/data/${FILE}`])
      copyFileSync(join(unpacked, 'dist', 'data', FILE), join(folder, FILE))
    } finally {
      rmSync(download, { recursive: true, force: true })
    }
  })
  return join(entry, FILE)
}
