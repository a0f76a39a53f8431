/** How often the engine is killed in a whole run, and in a short one. */
export const KILLS = { whole: 200, ci: 20 }

/** Kill tests that Wine can't prove, and why. */
export const UNPROVABLE_KILLS = [
  ['workspace-full', 'A small disk can be mounted on Linux only.'],
  ['drop-full', 'A small disk can be mounted on Linux only.'],
  ['stalls', 'Windows cannot stop a process for a while.'],
].map(([test, reason]) => ({ file: 'tests/crash/kill-test.ts', test, reason }))

/** The parts for `--ci`: tests that touch files, paths, locks, logs and kills. */
export const CI_FILES = [
  'tests/unit/src-shared/paths.test.ts',
  'tests/unit/src-main/engine/logs/',
  'tests/unit/src-main/engine/files/',
  'tests/unit/src-main/engine/intake/',
  'tests/unit/src-main/shell/system/folders.test.ts',
  'tests/unit/src-main/shell/system/arguments.test.ts',
  'tests/unit/src-main/shell/security/app-files.test.ts',
  'tests/integration/shared-folders.test.ts',
  'tests/integration/unreadable-files.test.ts',
  'tests/integration/hostile-folders.test.ts',
  'tests/integration/folder-trouble.test.ts',
  'tests/integration/chosen-paths.test.ts',
  'tests/integration/workspace.test.ts',
  'tests/integration/logs.test.ts',
  'tests/integration/doctor.test.ts',
  'tests/integration/migrations.test.ts',
  'tests/integration/command-line.test.ts',
  'tests/integration/killed-while-writing.test.ts',
  'tests/integration/killed-while-restoring.test.ts',
]
