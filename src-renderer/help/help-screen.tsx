import { Kbd } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { loadAbout, useAbout } from '../settings/settings-store'
import { goTo } from '../shell/navigation'
import type { Route } from '../shell/routes'
import { Screen } from '../widgets/screen'
import './help.css'

function Go({ to, children }: { to: Route; children: ReactNode }) {
  return (
    <button type="button" className="link-button" onClick={() => goTo(to)}>
      {children}
    </button>
  )
}

function OrderDidNotImport() {
  return (
    <section className="card help-text" aria-labelledby="did-not-import">
      <h2 id="did-not-import">My order didn't import into my accounting package</h2>
      <p>You can always send an order again. First look why it did not arrive.</p>
      <h3>Find the error message</h3>
      <ol>
        <li>
          Go to <Go to={{ screen: 'orders' }}>Orders &gt; View Orders</Go>.
        </li>
        <li>Click the order number with the red background.</li>
        <li>
          Look at the top of the page: the red bar says <strong>Sync error</strong>, what is wrong, and what to do.
        </li>
        <li>Mend the cause: in your accounting package, or with Edit on the order (customer code, reference, product codes).</li>
      </ol>
      <h3>Set the order back to Pending</h3>
      <ol>
        <li>
          Go to <Go to={{ screen: 'orders' }}>Orders &gt; View Orders</Go> and find the order. The newest are at the top. Every status other
          than Pending means that the sync ignores the order.
        </li>
        <li>Click the order number in the leftmost column.</li>
        <li>
          Scroll down to <strong>Change Order Status</strong> at the bottom.
        </li>
        <li>
          Set <strong>New Status</strong> to <strong>Pending</strong>.
        </li>
        <li>
          Leave Comments, Notify Customer and Append Comments blank and click <strong>Update Status</strong>. If the order may be in your
          accounting package already, Ledgerdrop says what it knows and asks first.
        </li>
        <li>The order is now Pending. The next sync sends it.</li>
      </ol>
      <h3>Do not want to wait?</h3>
      <ol>
        <li>
          Go to <Go to={{ screen: 'sync-status' }}>Sync &gt; Status</Go> and find <strong>Write Order</strong> at the bottom of the list.
        </li>
        <li>
          Click the clock icon to the right of it and choose <strong>Sync Now</strong>.
        </li>
        <li>
          When it is done, the order is in the drop folder, and soon in your accounting package. The order's Deliveries say what became of
          it.
        </li>
      </ol>
      <p>
        Everything that needs a person stands under <Go to={{ screen: 'problems' }}>Sync &gt; Problems</Go>. If the order still does not
        arrive, log a ticket with your support and name the order number.
      </p>
    </section>
  )
}

const SHORTCUTS: { keys: string[]; does: string }[] = [
  { keys: ['/'], does: 'Search orders (in View Orders)' },
  { keys: ['Esc'], does: 'Clear the search, close a menu or a dialog' },
  { keys: ['↑', '↓', 'Page Up', 'Page Down', 'Home', 'End'], does: 'Move through the orders' },
  { keys: ['Enter'], does: 'Open the order' },
  { keys: ['Alt + ←', 'Alt + →'], does: 'Back and forward' },
]

function Shortcuts() {
  return (
    <section className="card" aria-labelledby="shortcuts">
      <h2 id="shortcuts">Keyboard</h2>
      <dl className="facts shortcuts">
        {SHORTCUTS.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key} size="xs">
                  {key}
                </Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function About() {
  const about = useAbout((state) => state.about)
  useEffect(() => void loadAbout(), [])
  return (
    <section className="card" aria-labelledby="about">
      <h2 id="about">About</h2>
      <p className="no-margin">
        Ledgerdrop{about === null ? '' : ` ${about.version}`}: orders from the web store into the accounting package, each file dropped
        exactly once.
      </p>
    </section>
  )
}

/** Help. */
export function HelpScreen() {
  return (
    <Screen title="Help">
      <OrderDidNotImport />
      <Shortcuts />
      <About />
    </Screen>
  )
}
