import { Component, type ReactNode } from 'react'
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
    return { error: error instanceof Error ? error.message : String(error) }
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
            <h1>This screen could not be shown</h1>
            <p>
              Syncing goes on; no order is touched by this. Choose another screen and come back. If it happens again, open Settings, Open
              Log Folder, and send the newest file to your support together with this text:
            </p>
            <Verbatim label="Error" text={this.state.error} />
          </div>
        </div>
      </div>
    )
  }
}
