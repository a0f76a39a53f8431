import { Loader } from '@mantine/core'
import type { ReactNode } from 'react'
import { storesText } from '../text/stores-text'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { readyOrders } from './store-draft'
import type { StoreForm } from './use-store-form'

const text = storesText.test

/** A difference below this is normal. */
const SAME_CLOCK_MS = 5000
/** From this difference on, a person should do something. */
const WRONG_CLOCK_MS = 2 * 60_000

function clockText(ms: number): string {
  if (Math.abs(ms) < SAME_CLOCK_MS) return text.sameClock
  return ms > 0 ? text.clockAhead(ms) : text.clockBehind(-ms)
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** What Test Connection found, or why it failed and what to do. */
export function TestResult({ form: { facts, failure, isTesting, rows } }: { form: StoreForm }) {
  const counts = readyOrders(rows)
  return (
    <div className="store-test" aria-live="polite">
      {isTesting && (
        <p className="store-waiting soft no-margin">
          <Loader size={14} aria-hidden /> {text.testing}
        </p>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      {facts !== null && (
        <section aria-label={text.result}>
          <dl className="facts">
            <Fact name={text.shop}>
              <ExternalText text={facts.shopName} lines="many" />
            </Fact>
            <Fact name={text.version}>
              <ExternalText text={facts.version} lines="many" />
            </Fact>
            <Fact name={text.orders}>{counts === null ? text.countUnknown : text.ready(counts.ready, counts.total)}</Fact>
            {facts.earliest !== null && <Fact name={text.earliest}>{text.earliestOf(facts.earliest)}</Fact>}
            {facts.canWrite !== null && <Fact name={text.rights}>{facts.canWrite ? text.canWrite : text.canRead}</Fact>}
            <Fact name={text.clock}>{clockText(facts.clockDifferenceMs)}</Fact>
          </dl>
          {Math.abs(facts.clockDifferenceMs) > WRONG_CLOCK_MS && (
            <Notice tone="caution">
              <p>{text.clockWarning}</p>
            </Notice>
          )}
        </section>
      )}
    </div>
  )
}
