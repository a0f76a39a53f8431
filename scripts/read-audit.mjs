/**
 * Parses the output of `npm audit --json`. Returns `{ isDone: true, findings }`, shipped packages first, then the most
 * severe first, or `{ isDone: false, reason }` if the audit failed. `isShipped` says whether the package at a path
 * (`node_modules/x`) is shipped.
 */
export function readAudit(output, isShipped) {
  const report = jsonIn(output)
  if (report?.auditReportVersion === 2 && typeof report.vulnerabilities === 'object')
    return { isDone: true, findings: findingsOf(report.vulnerabilities, isShipped) }
  const status = report?.statusCode ?? /^(\d{3}) /.exec(report?.message ?? '')?.[1]
  if (status !== undefined) return { isDone: false, reason: `the registry responded with ${status}` }
  const message = report?.error?.summary ?? report?.error?.code ?? report?.message ?? output.trim().split('\n').at(-1)
  return { isDone: false, reason: message || 'npm printed nothing' }
}

/** Parses the JSON document in npm's output, ignoring warnings before and after it; undefined if there is none. */
function jsonIn(output) {
  try {
    return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1))
  } catch {
    return undefined
  }
}

const SEVERITIES = ['critical', 'high', 'moderate', 'low', 'info']

/** Lists only the vulnerable packages themselves, not the packages that depend on them. */
function findingsOf(vulnerabilities, isShipped) {
  const findings = Object.values(vulnerabilities).flatMap(({ name, via, nodes, fixAvailable }) =>
    via
      .filter((cause) => typeof cause === 'object')
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
  const rank = ({ isShipped: isFirst, severity }) => (isFirst ? 0 : 10) + SEVERITIES.indexOf(severity)
  return findings.sort((left, right) => rank(left) - rank(right))
}

/** Formats the findings for display, shipped packages first. */
export function auditText(findings) {
  const section = (title, part) =>
    part.length === 0
      ? `${title}: none.`
      : [
          `${title}:`,
          ...part.map(({ severity, name, range, title, url, fix }) => `  ${severity}  ${name} ${range}: ${title} (${url}; fix: ${fix})`),
        ].join('\n')
  return [
    section(
      'Shipped packages',
      findings.filter(({ isShipped }) => isShipped),
    ),
    section(
      'Development tools',
      findings.filter(({ isShipped }) => !isShipped),
    ),
  ].join('\n')
}
