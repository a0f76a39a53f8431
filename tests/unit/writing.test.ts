import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'

const PROJECT = join(import.meta.dirname, '../..')

/** Wordings that docs/writing.md replaces, and what to write instead. If you add a line, change the files that still have that wording. */
const FORMER: readonly [wording: RegExp, instead: string][] = [
  [/\bneeds? a person\b/i, 'needs attention'],
  [/\bmend(s|ed|ing)?\b/i, 'fix'],
  [/\b(became|becomes) of\b/i, 'what happened to'],
  [/\bfrom now on\b(?=\W*$)/i, 'say what it does'],
  [/\bgo(es)? on\b/i, 'continue'],
  // A column heading that packages use stays: 'e-mail'.
  [/\be-mails?\b(?!['`\\])/i, 'email'],
  [/\b(not|no longer) any ?more\b/i, 'no longer'],
  [/\bfor ever\b/i, 'forever'],
  [/\bof now\b/i, 'current'],
  [/\bwho(so)?ever\b/i, 'anyone who'],
  [/\bhere stands?\b|\bstands? (here|there)\b/i, 'is'],
  [/\blies? (in|there|here)\b/i, 'is in'],
  [/\bits next good point\b/i, 'after the current orders'],
  [/\bnothing like that\b/i, 'no matching'],
  [/\bpart(ed|ing)? by (commas|semicolons|tabs)\b/i, 'separated by'],
  [/\b(blanks|spaces) behind\b/i, 'trailing spaces'],
  [/\bthe same inside a transaction\b/i, 'say what it does'],
  [/\b(MOST|LEAST|FARTHEST|NEAREST)_[A-Z]+/, 'MAX_, MIN_'],
  [/\btell[A-Z]\w*/, 'publish, notify, report'],
  [/\b\w*[a-z]Trouble\b|\b(begin|end|path)Trouble/, 'failure, problem, outage'],
  [/\b(without|has)Twins?\b/, 'duplicate'],
  [/\bdoubt[A-Z]\w*/, 'mark...Unknown'],
]

/** Folders with texts and comments. */
const WRITTEN = ['src-main', 'src-renderer', 'src-shared', 'scripts', 'tests', 'docs']
/** Migrations are never edited; the other two name the former words on purpose. */
const EXEMPT = /^src-main\/engine\/database\/migrations\/|^docs\/writing\.md$|^tests\/unit\/writing\.test\.ts$/

test('no text, comment or document uses a wording that docs/writing.md replaces', () => {
  const files = [
    ...namesIn('.', /^[A-Z]+\.md$/),
    ...WRITTEN.flatMap((folder) => namesIn(folder, /\.(ts|tsx|mjs|cjs|md)$/, { recursive: true })),
  ]
  const written = files.filter((file) => !EXEMPT.test(file))
  expect(written.length).toBeGreaterThan(500)
  expect(written.flatMap((file) => formerWordings(file, readFileSync(join(PROJECT, file), 'utf8')))).toEqual([])
})

test('docs/screens contains exactly the pictures that the documents show', () => {
  const documents = ['README.md', ...namesIn('docs', /\.md$/)]
  const shown = documents.flatMap((document) =>
    [...readFileSync(join(PROJECT, document), 'utf8').matchAll(/screens\/([\w-]+\.\w+)\)/g)].map(([, name]) => name),
  )
  expect(readdirSync(join(PROJECT, 'docs/screens')).toSorted()).toEqual([...new Set(shown)].toSorted())
})

test.each(FORMER.map(([wording, instead]) => ({ wording, instead })))('the pattern $wording matches an example', ({ wording }) => {
  expect(EXAMPLES.filter((example) => wording.test(example))).not.toEqual([])
})

const EXAMPLES =
  `1 problem needs a person|Mend the cause|What became of the files|Use this code from now on|Save and Go On|E-mail|not any more
for ever|the database of now|whoever|here stands|lies in|its next good point|Nothing like that|parted by commas|blanks behind
The same inside a transaction.|MOST_BYTES|tellTasks|syncTrouble|withoutTwins|doubtPrepared`.split(/[|\n]/)

/** The files of a folder with matching names, as paths from the project's folder with forward slashes. */
function namesIn(folder: string, wanted: RegExp, { recursive = false } = {}): string[] {
  return readdirSync(join(PROJECT, folder), { recursive, encoding: 'utf8' })
    .filter((name) => wanted.test(name))
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
}

function formerWordings(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) =>
    FORMER.flatMap(([wording, instead]) => {
      const found = wording.exec(line)
      return found === null ? [] : [`${file}:${index + 1}: "${found[0]}": write ${instead}`]
    }),
  )
}
