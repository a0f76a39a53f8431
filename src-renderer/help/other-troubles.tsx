import { ERROR_TEXTS } from '../text/error-texts'
import { helpText } from '../text/help-text'
import { Go } from './go'

const { sections, places, missing, twice, notPickedUp, errors } = helpText

/** An order that is not there, one that is there twice, one that nobody picks up. */
export function OtherTroubles() {
  return (
    <>
      <section className="card help-text" aria-labelledby="help-missing">
        <h2 id="help-missing">{sections.missing}</h2>
        <ol>
          <li>{missing.look}</li>
          <li>
            {missing.source}
            <Go to={{ screen: 'sync-settings' }}>{places.syncSettings}</Go>
          </li>
          <li>
            {missing.rejected}
            <Go to={{ screen: 'problems' }}>{places.problems}</Go>
          </li>
          <li>
            {missing.read}
            <Go to={{ screen: 'sync-status' }}>{places.syncStatus}</Go>
          </li>
        </ol>
      </section>
      <section className="card help-text" aria-labelledby="help-twice">
        <h2 id="help-twice">{sections.twice}</h2>
        <p>{twice.why}</p>
        <ol>
          <li>{twice.timeline}</li>
          <li>{twice.remove}</li>
          <li>{twice.before}</li>
        </ol>
      </section>
      <section className="card help-text" aria-labelledby="help-notPickedUp">
        <h2 id="help-notPickedUp">{sections.notPickedUp}</h2>
        <ol>
          <li>{notPickedUp.open}</li>
          <li>
            {notPickedUp.folder}
            <Go to={{ screen: 'sync-settings' }}>{places.syncSettings}</Go>
          </li>
          <li>{notPickedUp.start}</li>
          <li>{notPickedUp.wait}</li>
        </ol>
      </section>
    </>
  )
}

/** What every sync error means and what to do about it. */
export function SyncErrors() {
  return (
    <section className="card help-text" aria-labelledby="help-errors">
      <h2 id="help-errors">{sections.errors}</h2>
      <p>{errors.lead}</p>
      <dl className="help-errors">
        {ERROR_TEXTS.map(({ title, means, toDo }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{means}</dd>
            <dd>{toDo}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
