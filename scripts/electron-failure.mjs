const untrusted = /^(CERT_|ERR_TLS|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_)/

/**
 * Why Electron's download failed: { kind, reason }. "network" means that it may work another time or on another network, "damaged" that what arrived is not
 * what Electron's makers published, "other" that this computer is at fault.
 */
export function electronFailure(error) {
  if (/^(ChecksumMismatchError|NoChecksumFoundError)$/.test(error.constructor.name)) return { kind: 'damaged', reason: error.message }
  if (error.name === 'HTTPError') return { kind: 'network', reason: `its server answers ${error.response.status}` }
  const { code, message } = rootCause(error)
  if (untrusted.test(code ?? '')) return { kind: 'network', reason: `its server's certificate is not trusted: ${code}` }
  const refusal = /^Proxy response \((\d+)\)/.exec(message)
  if (refusal) return { kind: 'network', reason: `the proxy answers ${refusal[1]}` }
  if (isFromNetwork(error) && error.message === 'terminated') return { kind: 'network', reason: 'the connection broke off' }
  if (isFromNetwork(error)) return { kind: 'network', reason: `its server cannot be reached: ${code ?? message}` }
  return { kind: 'other', reason: message }
}

/** What to do about a failure of the kind "network". */
export const networkAdvice =
  'let this computer reach github.com (behind a proxy, set HTTPS_PROXY or "npm config set https-proxy <address>", and for its certificate ' +
  'NODE_EXTRA_CA_CERTS or "npm config set cafile <file>"; with a mirror, set ELECTRON_MIRROR to its address)'

/** Node's fetch throws a TypeError whose cause is what happened on the wire, at the start or in the middle of a download. */
function isFromNetwork(error) {
  return error instanceof TypeError && ['fetch failed', 'terminated'].includes(error.message)
}

function rootCause(error) {
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0])
  return error.cause instanceof Error ? rootCause(error.cause) : error
}
