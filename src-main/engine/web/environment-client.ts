import { readFile } from 'node:fs/promises'
import tls from 'node:tls'
import { errorMessage } from '../../../src-shared/failure'
import type { WebClient } from '../../../src-shared/web-request'
import { certificateFiles, proxySettings } from './network-settings'
import { type Fetch, reasonOf, webClientOf } from './request-by-fetch'

/**
 * Makes requests with Node, for a program without the desktop shell: through the proxy of HTTPS_PROXY or HTTP_PROXY except for the hosts of NO_PROXY,
 * and trusting Node's certificate authorities, the system's, and those in the files of NODE_EXTRA_CA_CERTS and SSL_CERT_FILE. Everything is loaded at
 * the first request.
 */
export function environmentClient(environment: NodeJS.ProcessEnv): WebClient {
  let loaded: Promise<Fetch> | null = null
  const load = () => {
    loaded ??= loadFetch(environment)
    return loaded
  }
  return webClientOf(
    async (address, init) => (await load())(address, init),
    (error) => explain(error, environment),
  )
}

async function loadFetch(environment: NodeJS.ProcessEnv): Promise<Fetch> {
  const { http, https, none } = proxySettings(environment)
  // Parsed once: a list of certificates would be parsed again for every connection.
  const secureContext = tls.createSecureContext({ ca: await trustedAuthorities(environment) })
  // Node 20's own fetch has no proxy, and Node 24's reads its variables only at the start of the process.
  const { EnvHttpProxyAgent, fetch } = await import('undici')
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: http,
    httpsProxy: https,
    noProxy: none,
    connect: { secureContext },
    requestTls: { secureContext },
    proxyTls: { secureContext },
  })
  // Both are the standard's fetch; only their types have different origins.
  return (address, init) => fetch(address, { ...init, dispatcher } as never) as unknown as Promise<Response>
}

/** Returns certificates, PEM. Throws an Error that names the variable whose file can't be read. */
async function trustedAuthorities(environment: NodeJS.ProcessEnv): Promise<string[]> {
  // Node before 22.15 doesn't know the system's.
  const system = 'getCACertificates' in tls ? tls.getCACertificates('system') : []
  const files = certificateFiles(environment).map(async ({ variable, file }) => {
    try {
      return await readFile(file, 'utf8')
    } catch (error) {
      throw new Error(`the certificates of ${variable} can't be read: ${errorMessage(error)}`)
    }
  })
  return [...new Set([...tls.rootCertificates, ...system, ...(await Promise.all(files))])]
}

/** Why a request failed. The network's errors don't say that a proxy was used, which is often the cause. */
function explain(error: unknown, environment: NodeJS.ProcessEnv): string {
  const reason = reasonOf(error)
  const refusal = /^Proxy response \((\d+)\)/.exec(reason)
  if (refusal !== null) return `the proxy answers ${refusal[1]}`
  return hasProxy(environment) ? `${reason}; a proxy is set in HTTPS_PROXY or HTTP_PROXY` : reason
}

function hasProxy(environment: NodeJS.ProcessEnv): boolean {
  try {
    return proxySettings(environment).https !== ''
  } catch {
    // The reason already names the variable.
    return false
  }
}
