import { Component, type ReactNode } from 'react'
import { errorMessage } from '../../src-shared/failure'
import { shellText } from '../text/shell-text'
import { Verbatim } from '../widgets/verbatim'

interface CrashPageProps {
  /** Identifies the current screen. Switching to another one clears the message. */
  screen: string
  children: ReactNode
}

/** An error boundary: if a screen crashes, it shows what to do, and the menus stay usable. */
export class CrashPage extends Component<CrashPageProps, { error: string | null; screen: string }> {
  override state: { error: string | null; screen: string } = { error: null, screen: this.props.screen }

  static getDerivedStateFromError(error: unknown): { error: string } {
    return { error: errorMessage(error) }
  }

  static getDerivedStateFromProps(props: CrashPageProps, state: { screen: string }): { error: null; screen: string } | null {
    return props.screen === state.screen ? null : { error: null, screen: props.screen }
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
