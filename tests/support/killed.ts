/** The exit of a process that killed itself with SIGKILL. Windows has no signals, only an exit status. */
export const KILLED_ITSELF = process.platform === 'win32' ? { status: 1, signal: null } : { status: null, signal: 'SIGKILL' }
