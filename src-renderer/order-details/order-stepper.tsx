import { ActionIcon } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { replaceScreen } from '../navigation/navigation'
import { findNeighbours, loadIdsUpTo, loadOrders, useOrders } from '../order-list/orders-store'
import { orderDetailsText } from '../text/order-details-text'
import { notifyInfo } from '../widgets/notify'

const text = orderDetailsText.stepper
type Direction = 'previous' | 'next'

/**
 * The button just pressed to open another order. It gets the focus back when that order is shown. Otherwise null.
 */
let pressedButton: Direction | null = null

async function step(orderId: number, direction: Direction, button: Direction | null): Promise<void> {
  if (!useOrders.getState().isLoaded) await loadOrders()
  if (direction === 'next' && findNeighbours(orderId).next === null) await loadIdsUpTo(useOrders.getState().ids.length)
  const neighbour = findNeighbours(orderId)[direction]
  if (neighbour !== null) {
    pressedButton = button
    replaceScreen({ screen: 'order', orderId: neighbour })
  } else if (!useOrders.getState().ids.includes(orderId)) notifyInfo(text.notListed)
  else notifyInfo(direction === 'next' ? text.atEnd : text.atStart)
}

/**
 * Buttons and keyboard shortcuts (Alt+Up, Alt+Down) that open the previous or next order in View Orders, as filtered
 * and sorted there.
 */
export function OrderStepper({ orderId }: { orderId: number }) {
  const buttons = useRef<Record<Direction, HTMLButtonElement | null>>({ previous: null, next: null })
  useEffect(() => {
    if (pressedButton !== null) buttons.current[pressedButton]?.focus()
    pressedButton = null
  }, [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
      // In a drop-down list, these keys open the list. Behind a dialog, they must do nothing.
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
