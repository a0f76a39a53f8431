import { useState } from 'react'
import { widgetsText } from '../text/widgets-text'
import { ExternalText } from './external-text'

const MAX_SHORT_CHARACTERS = 700
const MAX_SHORT_LINES = 6

/** External text that may be very long: the first lines, with a button to show all of it. */
export function LongText({ text, className = '' }: { text: string; className?: string }) {
  const [isExpanded, setExpanded] = useState(false)
  const isLong = text.length > MAX_SHORT_CHARACTERS || text.split('\n').length > MAX_SHORT_LINES
  return (
    <div className={`long-text ${className}`}>
      {isExpanded ? <ExternalText text={text} className="whole" /> : <ExternalText text={text} lines="many" />}
      {isLong && (
        <button type="button" className="link-button small" aria-expanded={isExpanded} onClick={() => setExpanded(!isExpanded)}>
          {isExpanded ? widgetsText.longText.less : widgetsText.longText.all}
        </button>
      )}
    </div>
  )
}
