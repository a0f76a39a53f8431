interface TableHeadProps {
  columns: readonly string[]
  /** The heading, for screen readers only, of a last column that contains buttons; omitted if there is none. */
  actions?: string
}

/** The header row of a table. */
export function TableHead({ columns, actions }: TableHeadProps) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {column}
          </th>
        ))}
        {actions !== undefined && (
          <th scope="col">
            <span className="hidden-words">{actions}</span>
          </th>
        )}
      </tr>
    </thead>
  )
}
