/** Limits for a file of orders. A file that exceeds one is refused with a coded failure. */
export const LIMITS = {
  /** Bytes of a JSON file. */
  jsonBytes: 20 * 1024 * 1024,
  /** Bytes of an XML file. */
  xmlBytes: 10 * 1024 * 1024,
  /** Bytes of a CSV file. */
  csvBytes: 10 * 1024 * 1024,
  /** Rows of a CSV file, not counting the heading. */
  csvRows: 50_000,
  csvColumns: 500,
  /** Cells of a CSV file, counted by separators and line breaks. Reading a million cells takes seconds. */
  csvCells: 1_000_000,
  /** Characters of one row of a CSV file. */
  csvRecordLength: 1_000_000,
  /** Nesting depth of objects, lists or elements. */
  depth: 64,
  /** Values in a JSON file. A 20 MB file of real orders contains far fewer, and this many still fit in memory. */
  jsonValues: 4_000_000,
  /** Elements of an XML file. */
  xmlElements: 500_000,
  /** Attributes of one XML element. */
  xmlAttributes: 256,
  ordersPerFile: 10_000,
  linesPerOrder: 5_000,
  chargesPerOrder: 5_000,
  warningsPerOrder: 1_000,
  /** Characters of an order number. */
  numberLength: 100,
  /** Characters in the id that the source itself gives an order. */
  sourceOrderIdLength: 500,
  /** Characters of any other text. */
  textLength: 20_000,
} as const

/** The largest file, in bytes, that any importer accepts, so larger files needn't be loaded. */
export const MAX_IMPORT_BYTES = LIMITS.jsonBytes
