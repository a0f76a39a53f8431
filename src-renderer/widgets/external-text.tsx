interface ExternalTextProps {
  text: string
  /** `1`: one line with an ellipsis, and the text as a tooltip; `many`: up to six lines; omitted: all of it. */
  lines?: '1' | 'many'
  className?: string
}

const MAX_TITLE_CHARACTERS = 300

/** Text from a web store or an accounting package. It keeps its own text direction and never breaks the layout. */
export function ExternalText({ text, lines, className = '' }: ExternalTextProps) {
  return (
    <bdi className={`outside ${className}`} data-lines={lines} title={lines === '1' ? text.slice(0, MAX_TITLE_CHARACTERS) : undefined}>
      {text}
    </bdi>
  )
}
