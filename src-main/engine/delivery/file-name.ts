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

/** When a delivery of that file name was prepared, UTC to the second. */
export function timeOf(fileName: string): string {
  return fileName.replace(/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-.*$/s, '$1-$2-$3T$4:$5:$6.000Z')
}

/** What file names are without their extension, as a regular expression's source. */
export const BASE_NAME = `\\d{8}-\\d{6}-[0-9a-z]{${NUMBER_WIDTH}}-\\d\\d-[0-9a-z]{${DELIVERY_ID_WIDTH}}`
