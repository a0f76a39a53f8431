import { Button, Menu } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { EXPORT_COLUMNS } from '../../src-shared/contract/contract'
import { resetColumns, setColumnShown, useOrderView } from '../order-list/order-view'
import { ordersText } from '../text/orders-text'

/** The menu that shows and hides the columns of View Orders. The order number is always shown. */
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
            <Menu.CheckboxItem key={name} checked={isShown} onChange={(isOn) => setColumnShown(name, isOn)}>
              {ordersText.columns[name]}
            </Menu.CheckboxItem>
          )
        })}
        <Menu.Divider />
        <Menu.Item onClick={resetColumns}>{ordersText.columnMenu.reset}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
