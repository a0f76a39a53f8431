/** Preformatted text in a scrolling region that the keyboard can focus. */
export function Verbatim({ label, text, className = '' }: { label: string; text: string; className?: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={`verbatim ${className}`} tabIndex={0} aria-label={label}>
      <pre>{text}</pre>
    </section>
  )
}
