/** How many times the engine is killed in a full run and in CI. */
export const KILLS = { full: 200, ci: 20 }

/** Kill tests that can't run on Wine, with the reasons. */
export const SKIPPED_KILL_TESTS = [
  ['workspace-full', 'A small disk can be mounted on Linux only.'],
  ['drop-full', 'A small disk can be mounted on Linux only.'],
  ['stalls', 'Windows cannot suspend a process temporarily.'],
].map(([test, reason]) => ({ file: 'tests/crash/kill-test.ts', test, reason }))

/** The test files for `--ci`: tests of files, paths, locks, logs and killed processes. */
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
  'tests/integration/folder-failures.test.ts',
  'tests/integration/chosen-paths.test.ts',
  'tests/integration/workspace.test.ts',
  'tests/integration/logs.test.ts',
  'tests/integration/doctor.test.ts',
  'tests/integration/migrations.test.ts',
  'tests/integration/command-line.test.ts',
  'tests/integration/killed-while-writing.test.ts',
  'tests/integration/killed-while-restoring.test.ts',
]
