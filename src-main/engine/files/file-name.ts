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
  const attempt = String(Math.min(delivery.attempt, 99)).padStart(2, '0')
  const id = delivery.id.toString(36).padStart(DELIVERY_ID_WIDTH, '0')
  return `${time}-${numberKey(orderNumber)}-${attempt}-${id}.${extension}`
}

/** What a file name holds of an order's number: its last 12 letters and digits, lower case, padded. Numbers that differ in more may share it. */
export function numberKey(orderNumber: string): string {
  return orderNumber
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(-NUMBER_WIDTH)
    .padStart(NUMBER_WIDTH, '0')
}

/** When a delivery of that file name was prepared, UTC to the second. */
export function timeOf(fileName: string): string {
  return fileName.replace(/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-.*$/s, '$1-$2-$3T$4:$5:$6.000Z')
}

/** What file names are without their extension, as a regular expression's source. */
export const BASE_NAME = `\\d{8}-\\d{6}-[0-9a-z]{${NUMBER_WIDTH}}-\\d\\d-[0-9a-z]{${DELIVERY_ID_WIDTH}}`

const WHOLE_NAME = new RegExp(`^${BASE_NAME}\\.[a-z]{1,8}$`)

/** What a delivery's file name tells; null for any other name. */
export function readDeliveryFileName(fileName: string): { id: number; attempt: number; numberKey: string; preparedAt: string } | null {
  if (!WHOLE_NAME.test(fileName)) return null
  const [, , key = '', attempt = '', end = ''] = fileName.split('-')
  const id = Number.parseInt(end, 36)
  if (!Number.isSafeInteger(id)) return null
  return { id, attempt: Number(attempt), numberKey: key, preparedAt: timeOf(fileName) }
}
