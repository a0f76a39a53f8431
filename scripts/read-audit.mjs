/**
 * What `npm audit --json` said, in order of gravity: `{ isDone: true, findings }`, or `{ isDone: false, why }` where it could not be done. `isShipped` tells
 * whether the package at a place (`node_modules/x`) is part of what is delivered.
 */
export function readAudit(output, isShipped) {
  const report = jsonIn(output)
  if (report?.auditReportVersion === 2 && typeof report.vulnerabilities === 'object')
    return { isDone: true, findings: findingsOf(report.vulnerabilities, isShipped) }
  const status = report?.statusCode ?? /^(\d{3}) /.exec(report?.message ?? '')?.[1]
  if (status !== undefined) return { isDone: false, why: `the registry answers ${status} to it` }
  const said = report?.error?.summary ?? report?.error?.code ?? report?.message ?? output.trim().split('\n').at(-1)
  return { isDone: false, why: said || 'npm said nothing' }
}

/** npm's warnings may stand around the document. */
function jsonIn(output) {
  try {
    return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1))
  } catch {
    return undefined
  }
}

const GRAVEST_FIRST = ['critical', 'high', 'moderate', 'low', 'info']

/** A package that only needs another one with a hole has none of its own: the other one is listed. */
function findingsOf(vulnerabilities, isShipped) {
  const findings = Object.values(vulnerabilities).flatMap(({ name, via, nodes, fixAvailable }) =>
    via
      .filter((one) => typeof one === 'object')
      .map(({ title, severity, url, range }) => ({
        name,
        title,
        severity,
        url,
        range,
        isShipped: nodes.some(isShipped),
        fix: typeof fixAvailable === 'object' ? `${fixAvailable.name} ${fixAvailable.version}` : fixAvailable ? 'npm update' : 'none yet',
      })),
  )
  const rank = ({ isShipped: isInside, severity }) => (isInside ? 0 : 10) + GRAVEST_FIRST.indexOf(severity)
  return findings.sort((left, right) => rank(left) - rank(right))
}

/** The findings for people, what is delivered first. */
export function auditText(findings) {
  const part = (title, some) =>
    some.length === 0
      ? `${title}: none.`
      : [
          `${title}:`,
          ...some.map((one) => `  ${one.severity}  ${one.name} ${one.range}: ${one.title} (${one.url}; mended by: ${one.fix})`),
        ].join('\n')
  return [
    part(
      'In what is delivered',
      findings.filter((one) => one.isShipped),
    ),
    part(
      'In tools for development only',
      findings.filter((one) => !one.isShipped),
    ),
  ].join('\n')
}
