import { ERROR_TEXTS } from '../text/error-texts'
import { helpText } from '../text/help-text'
import { ScreenLink } from './screen-link'

const { sections, screens, missing, twice, notPickedUp, errors } = helpText

/** Help for orders that are missing, entered twice or not picked up. */
export function OtherProblems() {
  return (
    <>
      <section className="card help-text" aria-labelledby="help-missing">
        <h2 id="help-missing">{sections.missing}</h2>
        <ol>
          <li>{missing.search}</li>
          <li>
            {missing.source}
            <ScreenLink to={{ screen: 'sync-settings' }}>{screens.syncSettings}</ScreenLink>
          </li>
          <li>
            {missing.rejected}
            <ScreenLink to={{ screen: 'problems' }}>{screens.problems}</ScreenLink>
          </li>
          <li>
            {missing.read}
            <ScreenLink to={{ screen: 'sync-status' }}>{screens.syncStatus}</ScreenLink>
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
            <ScreenLink to={{ screen: 'sync-settings' }}>{screens.syncSettings}</ScreenLink>
          </li>
          <li>{notPickedUp.start}</li>
          <li>{notPickedUp.wait}</li>
        </ol>
      </section>
    </>
  )
}

/** Help for each sync error: its meaning and what to do about it. */
export function SyncErrors() {
  return (
    <section className="card help-text" aria-labelledby="help-errors">
      <h2 id="help-errors">{sections.errors}</h2>
      <p>{errors.lead}</p>
      <dl className="help-errors">
        {ERROR_TEXTS.map(({ title, meaning, remedy }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{meaning}</dd>
            <dd>{remedy}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
