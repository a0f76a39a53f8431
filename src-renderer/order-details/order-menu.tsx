import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconLifebuoy, IconPrinter } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract/contract'
import { printPage } from '../client/client'
import { useCan } from '../session/can'
import { LogTicketDialog } from '../support/log-ticket-dialog'
import { orderDetailsText } from '../text/order-details-text'
import { notifyIfFailed } from '../widgets/notify'

const text = orderDetailsText.screen

/** Prints the screen with the layout of `print.css`. */
async function print(hasTimeline: boolean): Promise<void> {
  document.body.toggleAttribute('data-print-timeline', hasTimeline)
  notifyIfFailed(await printPage())
}

/** The More menu, which prints the order or logs a ticket about it. */
export function OrderMenu({ order }: { order: OrderDetails }) {
  const [isTicketOpen, setTicketOpen] = useState(false)
  const canLogTicket = useCan('support.makeBundle')
  const onKey = useCallback((event: KeyboardEvent) => {
    if (event.key !== 'p' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    event.preventDefault()
    void print(false)
  }, [])
  useEffect(() => {
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onKey])
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={15} aria-hidden />}>
            {text.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label={text.more}>
          <Menu.Item leftSection={<IconPrinter size={15} aria-hidden />} onClick={() => void print(false)}>
            {text.printOrder}
          </Menu.Item>
          <Menu.Item leftSection={<IconPrinter size={15} aria-hidden />} onClick={() => void print(true)}>
            {text.printWithTimeline}
          </Menu.Item>
          {canLogTicket && (
            <Menu.Item leftSection={<IconLifebuoy size={15} aria-hidden />} onClick={() => setTicketOpen(true)}>
              {text.logTicket}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isTicketOpen && <LogTicketDialog orderNumber={order.number} onClose={() => setTicketOpen(false)} />}
    </>
  )
}
