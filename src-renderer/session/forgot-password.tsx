import { sessionText } from '../text/session-text'

/** Instructions for someone who has forgotten their password. */
export function ForgotPassword() {
  const { title, ask, last, command } = sessionText.forgot
  return (
    <details className="small">
      <summary>{title}</summary>
      <p>{ask}</p>
      <p>{last}</p>
      <p>
        <code>{command}</code>
      </p>
    </details>
  )
}
