/**
 * Runs in Electron's main process: makes requests with the shell's web client, as the real program does. Each line of standard input is a request;
 * each line of standard output is its answer. The line `abort` aborts the current request.
 */
import { createInterface } from 'node:readline'
import { requestWeb } from '../../src-main/engine-thread/web-client'
import type { WebRequest } from '../../src-shared/web-request'
import { readAnswer } from './web-client-cases'

let abortController = new AbortController()
createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line === 'abort') return abortController.abort()
    abortController = new AbortController()
    void requestWeb(JSON.parse(line) as WebRequest, abortController.signal).then((answer) =>
      process.stdout.write(`answer ${JSON.stringify(readAnswer(answer))}\n`),
    )
  })
  .on('close', () => process.exit())
