interface TableHeadProps {
  columns: readonly string[]
  /** What the last column is called for screen readers, where it holds buttons; left out: there is none. */
  actions?: string
}

/** The head of a table: its columns by name. */
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
