const untrusted = /^(CERT_|ERR_TLS|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_)/

/**
 * Classifies a failed download of Electron as { kind, reason }. The kind is "network" if it may work later or on
 * another network, "damaged" if the file isn't the published one, or "other" for a problem on this computer.
 */
export function electronFailure(error) {
  if (/^(ChecksumMismatchError|NoChecksumFoundError)$/.test(error.constructor.name)) return { kind: 'damaged', reason: error.message }
  if (error.name === 'HTTPError') return { kind: 'network', reason: `its server responded with ${error.response.status}` }
  const { code, message } = rootCause(error)
  if (untrusted.test(code ?? '')) return { kind: 'network', reason: `its server's certificate is not trusted: ${code}` }
  const refusal = /^Proxy response \((\d+)\)/.exec(message)
  if (refusal) return { kind: 'network', reason: `the proxy responded with ${refusal[1]}` }
  if (isFromNetwork(error) && error.message === 'terminated') return { kind: 'network', reason: 'the connection was lost' }
  if (isFromNetwork(error)) return { kind: 'network', reason: `its server cannot be reached: ${code ?? message}` }
  return { kind: 'other', reason: message }
}

/** The remedy for failures of kind "network". */
export const networkAdvice =
  'allow this computer to reach github.com (behind a proxy, set HTTPS_PROXY or "npm config set https-proxy <address>", and for its certificate ' +
  'NODE_EXTRA_CA_CERTS or "npm config set cafile <file>"; with a mirror, set ELECTRON_MIRROR to its address)'

/** Node's fetch throws a TypeError for network errors, at the start or during a download; its cause is the actual error. */
function isFromNetwork(error) {
  return error instanceof TypeError && ['fetch failed', 'terminated'].includes(error.message)
}

function rootCause(error) {
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0])
  return error.cause instanceof Error ? rootCause(error.cause) : error
}
