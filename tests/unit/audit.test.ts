import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { auditText, readAudit } from '../../scripts/read-audit.mjs'
// @ts-expect-error a script without types
import { shippedPathChecker } from '../../scripts/shipped-licences.mjs'

const advisory = (name: string, severity: string) => ({
  source: 1093429,
  name,
  dependency: name,
  title: `A vulnerability in ${name}`,
  url: 'https://github.com/advisories/GHSA-xxxx-yyyy-zzzz',
  severity,
  cwe: ['CWE-1321'],
  cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N' },
  range: '<2.0.0',
})

const vulnerability = (name: string, via: unknown[], overrides: object = {}) => ({
  name,
  severity: 'high',
  isDirect: false,
  via,
  effects: [],
  range: '<2.0.0',
  nodes: [`node_modules/${name}`],
  fixAvailable: true,
  ...overrides,
})

/** A report in the form that npm 10 and 11 write. */
const report = (vulnerabilities: Record<string, unknown>) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities,
    metadata: { vulnerabilities: { total: 1 }, dependencies: { prod: 3, dev: 500, total: 503 } },
  })

test('a report without vulnerabilities has no findings', () => {
  expect(readAudit(`npm warn config something\n${report({})}\n`, shippedPathChecker())).toEqual({ isDone: true, findings: [] })
})

test('shipped packages come before tools, most severe first; packages that only depend on a vulnerable one are not listed', () => {
  const { isDone, findings } = readAudit(
    report({
      vitest: vulnerability('vitest', [advisory('vitest', 'critical')], { fixAvailable: false }),
      react: vulnerability('react', [advisory('react', 'low')]),
      'react-dom': vulnerability('react-dom', ['react']),
      electron: vulnerability('electron', [advisory('electron', 'high')], {
        fixAvailable: { name: 'electron', version: '46.0.0', isSemVerMajor: true },
      }),
    }),
    shippedPathChecker(),
  )
  expect(isDone).toBe(true)
  const rows = findings.map(({ name, severity, isShipped, fix }: Record<string, unknown>) => [name, severity, isShipped, fix])
  expect(rows).toEqual([
    ['electron', 'high', true, 'electron 46.0.0'],
    ['react', 'low', true, 'npm update'],
    ['vitest', 'critical', false, 'none yet'],
  ])
  expect(auditText(findings)).toMatch(
    /^Shipped packages:\n {2}high {2}electron .*\n {2}low {2}react .*\nDevelopment tools:\n {2}critical {2}vitest/,
  )
})

test('a package in a tool’s own node_modules counts as a tool, even if a package with the same name is shipped', () => {
  const inside = { zod: vulnerability('zod', [advisory('zod', 'high')], { nodes: ['node_modules/electron-builder/node_modules/zod'] }) }
  expect(readAudit(report(inside), shippedPathChecker()).findings).toMatchObject([{ name: 'zod', isShipped: false }])
})

test.each([
  [
    'a registry without audits',
    `npm warn audit 405 Method Not Allowed\n${JSON.stringify({ message: '405 Method Not Allowed - POST /-/npm/v1/security/advisories/bulk', method: 'POST', headers: {} })}\nnpm error audit endpoint returned an error`,
    'the registry responded with 405',
  ],
  ['a registry that fails', JSON.stringify({ statusCode: 503, body: '' }), 'the registry responded with 503'],
  [
    'a missing lock file',
    JSON.stringify({ error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.' } }),
    'This command requires an existing lockfile.',
  ],
  [
    'no network',
    'npm error network request failed, reason: getaddrinfo ENOTFOUND',
    'npm error network request failed, reason: getaddrinfo ENOTFOUND',
  ],
  ['no output', '', 'npm printed nothing'],
])('%s does not count as a clean audit', (_case, output, reason) => {
  expect(readAudit(output, shippedPathChecker())).toEqual({ isDone: false, reason })
})
