/** The proxies that environment variables name. Empty: none. */
export interface ProxySettings {
  http: string
  /** The proxy for https, which is `http`'s if it has none of its own. */
  https: string
  /** The hosts that are reached without a proxy, as in NO_PROXY. */
  none: string
}

/**
 * Returns the proxies of HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in any case. The lower-case name takes precedence, as in curl and Node. Throws an
 * Error that names the variable if a proxy's address is invalid; it doesn't quote the address, which may contain a password.
 */
export function proxySettings(environment: NodeJS.ProcessEnv): ProxySettings {
  const http = proxyAddress(environment, 'HTTP_PROXY')
  const https = proxyAddress(environment, 'HTTPS_PROXY')
  return { http, https: https === '' ? http : https, none: variable(environment, 'NO_PROXY') }
}

/** The files of further certificate authorities, PEM, with the variables that name them. */
export function certificateFiles(environment: NodeJS.ProcessEnv): { variable: string; file: string }[] {
  return ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']
    .map((name) => ({ variable: name, file: variable(environment, name) }))
    .filter(({ file }) => file !== '')
}

function proxyAddress(environment: NodeJS.ProcessEnv, name: string): string {
  const text = variable(environment, name)
  if (text === '') return ''
  // Without a scheme, as curl and npm take it.
  const address = text.includes('://') ? text : `http://${text}`
  const protocol = URL.canParse(address) ? new URL(address).protocol : ''
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new Error(`${name} is not the address of an http proxy; use the form http://HOST:PORT`)
  return address
}

function variable(environment: NodeJS.ProcessEnv, name: string): string {
  const names = Object.keys(environment).filter((one) => one.toUpperCase() === name)
  const chosen = names.find((one) => one === name.toLowerCase()) ?? names.find((one) => one === name) ?? names[0]
  return (chosen === undefined ? '' : (environment[chosen] ?? '')).trim()
}
