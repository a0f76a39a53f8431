import { helpText } from '../text/help-text'
import { ScreenLink } from './screen-link'

const text = helpText.article
const { screens } = helpText

// Screenshots of the running program, taken by tests/screens/help-pictures.spec.ts.
const PICTURES = {
  redNumber: new URL('./pictures/red-number.webp', import.meta.url).href,
  syncError: new URL('./pictures/sync-error.webp', import.meta.url).href,
  statusForm: new URL('./pictures/status-form.webp', import.meta.url).href,
  syncNow: new URL('./pictures/sync-now.webp', import.meta.url).href,
}

function Picture({ source, alt }: { source: string; alt: string }) {
  return <img className="help-picture" src={source} alt={alt} />
}

/** The article "My order didn't import", adapted to this product. */
export function Article() {
  const { find, pending, now } = text
  return (
    <section className="card help-text" aria-labelledby="help-article">
      <h2 id="help-article">{helpText.sections.article}</h2>
      <p>{text.lead}</p>
      <h3>{find.title}</h3>
      <ol>
        <li>
          {find.go}
          <ScreenLink to={{ screen: 'orders' }}>{screens.viewOrders}</ScreenLink>
        </li>
        <li>
          {find.clickRed}
          <Picture source={PICTURES.redNumber} alt={find.redPicture} />
        </li>
        <li>
          {find.top}
          <Picture source={PICTURES.syncError} alt={find.barPicture} />
        </li>
        <li>{find.fix}</li>
      </ol>
      <h3>{pending.title}</h3>
      <ol>
        <li>
          {find.go}
          <ScreenLink to={{ screen: 'orders' }}>{screens.viewOrders}</ScreenLink>
          {pending.findOrder}
        </li>
        <li>{pending.ignored}</li>
        <li>{pending.click}</li>
        <li>{pending.scroll}</li>
        <li>{pending.choose}</li>
        <li>
          {pending.leave}
          <Picture source={PICTURES.statusForm} alt={pending.formPicture} />
        </li>
        <li>{pending.update}</li>
        <li>{pending.done}</li>
      </ol>
      <h3>{now.title}</h3>
      <ol>
        <li>
          {find.go}
          <ScreenLink to={{ screen: 'sync-status' }}>{screens.syncStatus}</ScreenLink>
          {now.findTask}
        </li>
        <li>
          {now.clock}
          <Picture source={PICTURES.syncNow} alt={now.menuPicture} />
        </li>
        <li>{now.after}</li>
      </ol>
      <p>{text.ticket}</p>
    </section>
  )
}
