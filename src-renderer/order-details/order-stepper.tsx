import { ActionIcon } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { replaceScreen } from '../navigation/navigation'
import { loadOrders, neighboursOf, readIdsTo, useOrders } from '../order-list/orders-store'
import { orderDetailsText } from '../text/order-details-text'
import { notifyDone } from '../widgets/notify'

const text = orderDetailsText.stepper
type Direction = 'previous' | 'next'

/** The button that opened the current order, so that it keeps the focus; null if a key opened it. */
let pressed: Direction | null = null

async function step(orderId: number, direction: Direction, button: Direction | null): Promise<void> {
  if (!useOrders.getState().isLoaded) await loadOrders()
  if (direction === 'next' && neighboursOf(orderId).next === null) await readIdsTo(useOrders.getState().ids.length)
  const neighbour = neighboursOf(orderId)[direction]
  if (neighbour !== null) {
    pressed = button
    replaceScreen({ screen: 'order', orderId: neighbour })
  } else if (!useOrders.getState().ids.includes(orderId)) notifyDone(text.notListed)
  else notifyDone(direction === 'next' ? text.atEnd : text.atStart)
}

/** Buttons, and the keys Alt+Up and Alt+Down, that open the previous and next order of View Orders as filtered and sorted there. */
export function OrderStepper({ orderId }: { orderId: number }) {
  const buttons = useRef<Record<Direction, HTMLButtonElement | null>>({ previous: null, next: null })
  useEffect(() => {
    if (pressed !== null) buttons.current[pressed]?.focus()
    pressed = null
  }, [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
      // These keys open drop-down lists, and must not work behind a dialog.
      if (event.target instanceof HTMLSelectElement || document.querySelector('[role="dialog"]') !== null) return
      event.preventDefault()
      void step(orderId, event.key === 'ArrowUp' ? 'previous' : 'next', null)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [orderId])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs in a form, and this is not a form
    <div className="order-stepper" role="group" aria-label={text.group}>
      {(['previous', 'next'] as const).map((direction) => (
        <ActionIcon
          key={direction}
          variant="default"
          size={30}
          ref={(button: HTMLButtonElement | null) => {
            buttons.current[direction] = button
          }}
          aria-label={text[direction]}
          title={text[`${direction}Keys`]}
          onClick={() => void step(orderId, direction, direction)}
        >
          {direction === 'previous' ? <IconChevronUp size={16} aria-hidden /> : <IconChevronDown size={16} aria-hidden />}
        </ActionIcon>
      ))}
    </div>
  )
}
