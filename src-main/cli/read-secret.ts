import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** Reads one line of standard input without showing what is typed. */
export async function readSecret(question: string): Promise<string> {
  const isInteractive = process.stdin.isTTY === true
  if (isInteractive) process.stderr.write(question)
  const discard = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: discard, terminal: isInteractive })
  try {
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
    if (isInteractive) process.stderr.write('\n')
  }
}
