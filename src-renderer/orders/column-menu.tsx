import { Button, Menu } from '@mantine/core'
import { IconCheck, IconColumns3 } from '@tabler/icons-react'
import { EXPORT_COLUMNS } from '../../src-shared/contract'
import { ordersText } from '../text/orders-text'
import { resetColumns, setColumnShown, useOrderView } from './order-view'

/** Chooses the columns of View Orders; the order number always stays. */
export function ColumnMenu() {
  const hidden = useOrderView((state) => state.hidden)
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconColumns3 size={15} aria-hidden />}>
          {ordersText.columnMenu.label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={ordersText.columnMenu.label}>
        {EXPORT_COLUMNS.filter((name) => name !== 'number').map((name) => {
          const isShown = !hidden.includes(name)
          return (
            <Menu.Item
              key={name}
              role="menuitemcheckbox"
              aria-checked={isShown}
              leftSection={<IconCheck size={15} aria-hidden visibility={isShown ? 'visible' : 'hidden'} />}
              onClick={() => setColumnShown(name, !isShown)}
            >
              {ordersText.columns[name]}
            </Menu.Item>
          )
        })}
        <Menu.Divider />
        <Menu.Item onClick={resetColumns}>{ordersText.columnMenu.reset}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
