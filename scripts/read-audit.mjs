/**
 * Parses the output of `npm audit --json`: `{ isDone: true, findings }`, most severe first, or `{ isDone: false, why }` if the audit failed.
 * `isShipped` says whether the package at a path (`node_modules/x`) is shipped.
 */
export function readAudit(output, isShipped) {
  const report = jsonIn(output)
  if (report?.auditReportVersion === 2 && typeof report.vulnerabilities === 'object')
    return { isDone: true, findings: findingsOf(report.vulnerabilities, isShipped) }
  const status = report?.statusCode ?? /^(\d{3}) /.exec(report?.message ?? '')?.[1]
  if (status !== undefined) return { isDone: false, why: `the registry answers ${status}` }
  const message = report?.error?.summary ?? report?.error?.code ?? report?.message ?? output.trim().split('\n').at(-1)
  return { isDone: false, why: message || 'npm printed nothing' }
}

/** npm may print warnings before and after the JSON document. */
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
  const rank = ({ isShipped: isFirst, severity }) => (isFirst ? 0 : 10) + SEVERITIES.indexOf(severity)
  return findings.sort((left, right) => rank(left) - rank(right))
}

/** Formats the findings for display, shipped packages first. */
export function auditText(findings) {
  const section = (title, some) =>
    some.length === 0
      ? `${title}: none.`
      : [`${title}:`, ...some.map((one) => `  ${one.severity}  ${one.name} ${one.range}: ${one.title} (${one.url}; fix: ${one.fix})`)].join(
          '\n',
        )
  return [
    section(
      'Shipped packages',
      findings.filter((one) => one.isShipped),
    ),
    section(
      'Development tools',
      findings.filter((one) => !one.isShipped),
    ),
  ].join('\n')
}
