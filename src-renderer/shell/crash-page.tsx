import { Component, type ReactNode } from 'react'
import { errorMessage } from '../../src-shared/failure'
import { shellText } from '../text/shell-text'
import { Verbatim } from '../widgets/verbatim'

interface CrashPageProps {
  /** The screen that is shown; going to another one clears the message. */
  place: string
  children: ReactNode
}

/** Says what to do where a screen could not be drawn; the menus stay usable. */
export class CrashPage extends Component<CrashPageProps, { error: string | null; place: string }> {
  override state: { error: string | null; place: string } = { error: null, place: this.props.place }

  static getDerivedStateFromError(error: unknown): { error: string } {
    return { error: errorMessage(error) }
  }

  static getDerivedStateFromProps(props: CrashPageProps, state: { place: string }): { error: null; place: string } | null {
    return props.place === state.place ? null : { error: null, place: props.place }
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children
    return (
      <div className="screen">
        <div className="notice" data-tone="bad" role="alert">
          <span />
          <div>
            <h1>{shellText.crash.title}</h1>
            <p>{shellText.crash.explanation}</p>
            <Verbatim label={shellText.crash.label} text={this.state.error} />
          </div>
        </div>
      </div>
    )
  }
}
