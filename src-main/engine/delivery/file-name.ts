const NUMBER_WIDTH = 12
/** Characters of the delivery's id at the end of a file name. */
export const DELIVERY_ID_WIDTH = 11

/**
 * A delivery's file name, never used before and safe on every file system: time (UTC, 24 hours), the order number's letters and
 * digits (the last 12, padded), the attempt, the delivery's id. Lower case, fixed width, sorts by time. It carries the number for
 * people to recognise; what makes it unique is the id.
 */
export function deliveryFileName(
  delivery: { id: number; attempt: number; preparedAt: string },
  orderNumber: string,
  extension: string,
): string {
  const time = delivery.preparedAt.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  const number = orderNumber
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(-NUMBER_WIDTH)
    .padStart(NUMBER_WIDTH, '0')
  const attempt = String(Math.min(delivery.attempt, 99)).padStart(2, '0')
  const id = delivery.id.toString(36).padStart(DELIVERY_ID_WIDTH, '0')
  return `${time}-${number}-${attempt}-${id}.${extension}`
}
