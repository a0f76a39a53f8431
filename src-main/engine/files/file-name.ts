const NUMBER_WIDTH = 12
/** The number of characters of the delivery's id at the end of a file name. */
export const DELIVERY_ID_WIDTH = 11

/**
 * A delivery's file name, which is unique and safe on every file system. It consists of the time (UTC), the last 12 letters and digits of the order
 * number (padded), the attempt and the delivery's id, in lower case and with a fixed width, so that names sort by time. The order number is there
 * for people; the id makes the name unique.
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

/** The part of an order number in a file name: its last 12 letters and digits, lower case, padded. Different numbers may share it. */
export function numberKey(orderNumber: string): string {
  return orderNumber
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(-NUMBER_WIDTH)
    .padStart(NUMBER_WIDTH, '0')
}

/** When the delivery with that file name was prepared, UTC to the second. */
export function preparedAtOf(fileName: string): string {
  return fileName.replace(/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-.*$/s, '$1-$2-$3T$4:$5:$6.000Z')
}

/** Regular expression source for a delivery's file name without its extension. */
export const BASE_NAME = `\\d{8}-\\d{6}-[0-9a-z]{${NUMBER_WIDTH}}-\\d\\d-[0-9a-z]{${DELIVERY_ID_WIDTH}}`

const WHOLE_NAME = new RegExp(`^${BASE_NAME}\\.[a-z]{1,8}$`)

/** The parts of a delivery's file name; null for any other name. */
export function parseDeliveryFileName(fileName: string): { id: number; attempt: number; numberKey: string; preparedAt: string } | null {
  if (!WHOLE_NAME.test(fileName)) return null
  const [, , key = '', attempt = '', end = ''] = fileName.split('-')
  const id = Number.parseInt(end, 36)
  if (!Number.isSafeInteger(id)) return null
  return { id, attempt: Number(attempt), numberKey: key, preparedAt: preparedAtOf(fileName) }
}
