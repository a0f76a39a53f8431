import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ExpectedFailure } from '../expected-failure.mjs'
import { inProject, readJson } from '../project.mjs'
import { runCommand } from '../run-command.mjs'
import { fetchRegistryPackage } from './registry-package.mjs'

const headers = {
  name: 'node-api-headers',
  version: '1.9.0',
  integrity: 'sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
}
const sqlitePackage = inProject('node_modules', 'better-sqlite3')
const referencesSource = join(import.meta.dirname, 'node-api-9-references.c')

/** better-sqlite3 compiled for Node-API 9. The package's own builds need Node-API 10, which Electron 33 doesn't have. */
export const sqliteForNodeApi9 = {
  cacheKey() {
    const { version } = readJson(join(sqlitePackage, 'package.json'))
    const source = createHash('sha256')
      .update(readFileSync(referencesSource))
      .update(readFileSync(import.meta.filename))
    return `better-sqlite3-${version}-node-api-9-linux-x64-${source.digest('hex').slice(0, 12)}`
  },
}

/** Compiles better_sqlite3.node into an empty folder, with the flags of the package's binding.gyp. */
export async function makeSqliteForNodeApi9(folder) {
  const work = mkdtempSync(join(folder, 'work-'))
  const nodeApi = join(await fetchRegistryPackage(headers, work), 'include')
  const sqlite = join(sqlitePackage, 'deps', 'sqlite3')
  const defines = readFileSync(join(sqlitePackage, 'deps', 'defines.gypi'), 'utf8')
    .match(/(?<=')[A-Z0-9_]+(=[^']*)?(?=')/g)
    .map((define) => `-D${define}`)
  const common = ['-O3', '-DNDEBUG', '-fPIC', '-pthread', '-w']
  const object = (name) => join(work, `${name}.o`)

  await Promise.all([
    compile('gcc', [...common, '-std=c99', ...defines, '-c', join(sqlite, 'sqlite3.c'), '-o', object('sqlite3')]),
    compile('gcc', [...common, '-DNAPI_VERSION=9', `-I${nodeApi}`, '-c', referencesSource, '-o', object('references')]),
    compile('g++', [
      ...common,
      '-std=c++20',
      '-fno-exceptions',
      '-fno-rtti',
      '-fvisibility=hidden',
      '-fvisibility-inlines-hidden',
      '-DNODE_GYP_MODULE_NAME=better_sqlite3',
      '-DBUILDING_NODE_EXTENSION',
      '-DNAPI_VERSION=9',
      '-DNAPI_DISABLE_CPP_EXCEPTIONS',
      '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
      ...[sqlite, inProject('node_modules', 'node-addon-api'), nodeApi].map((include) => `-I${include}`),
      ...['-c', join(sqlitePackage, 'src', 'better_sqlite3.cpp'), '-o', object('better_sqlite3')],
    ]),
  ])
  await compile('g++', [
    ...['-shared', '-pthread', '-s', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL'],
    ...['-Wl,--wrap=napi_create_reference', '-Wl,--wrap=napi_get_reference_value'],
    ...['better_sqlite3', 'sqlite3', 'references'].map(object),
    ...['-ldl', '-lm', '-o', join(folder, 'better_sqlite3.node')],
  ])
  rmSync(work, { recursive: true, force: true })
}

async function compile(compiler, args) {
  const { exitCode, output } = await runCommand(compiler, args, { stdio: 'collect' })
  if (exitCode === 0) return
  throw new ExpectedFailure(
    `better-sqlite3 could not be compiled (${compiler}):\n${output.trim().split('\n').slice(-12).join('\n')}`,
    'It needs gcc and g++ 10 or newer.',
  )
}
