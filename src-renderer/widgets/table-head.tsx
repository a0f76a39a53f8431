interface TableHeadProps {
  columns: readonly string[]
  /** The screen readers' name of the last column, if it holds buttons. */
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
