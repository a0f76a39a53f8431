interface TableHeadProps {
  columns: readonly string[]
  /** The heading of the last column for screen readers, if that column contains buttons. */
  actions?: string
}

/** The head row of a table. */
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
