import { runNpm } from './run-command.mjs'

const settings = ['https-proxy', 'proxy', 'noproxy', 'cafile']

/**
 * Reads npm's network settings, wherever they are configured: { 'https-proxy', proxy, noproxy, cafile }, without those
 * that aren't set.
 */
export async function readNpmNetworkSettings() {
  const { output } = await runNpm(['config', 'get', ...settings], { stdio: 'collect', limitMs: 30_000 })
  const lines = output.split(/\r?\n/).map((line) => /^([\w-]+)=(.*)$/.exec(line.trim()))
  return Object.fromEntries(
    lines
      .filter((line) => line && settings.includes(line[1]) && !['', 'null', 'false', 'undefined'].includes(line[2]))
      .map(([, name, value]) => [name, value]),
  )
}

/**
 * Returns an environment in which Node's fetch uses the network as npm does: through npm's proxy or the one in HTTPS_PROXY, and with npm's cafile
 * unless NODE_EXTRA_CA_CERTS is already set.
 */
export function networkEnvironment(npm, environment) {
  const proxies = {
    https_proxy: npm['https-proxy'] ?? npm.proxy,
    http_proxy: npm.proxy ?? npm['https-proxy'],
    no_proxy: npm.noproxy,
  }
  const result = { NODE_USE_ENV_PROXY: '1', ...environment }
  for (const [name, value] of Object.entries(proxies)) {
    if (value === undefined) continue
    // Node prefers the lower-case name. Windows ignores case, so the upper-case name has to be removed.
    delete result[name.toUpperCase()]
    result[name] = value
  }
  if (npm.cafile !== undefined) result.NODE_EXTRA_CA_CERTS ||= npm.cafile
  return result
}
