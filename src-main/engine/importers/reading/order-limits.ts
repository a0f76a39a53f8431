/** What a file of orders may hold at most; more is refused with a coded failure. */
export const LIMITS = {
  /** Bytes of a JSON file. */
  jsonBytes: 20 * 1024 * 1024,
  /** Bytes of an XML file. */
  xmlBytes: 10 * 1024 * 1024,
  /** Bytes of a CSV file. */
  csvBytes: 10 * 1024 * 1024,
  /** Rows of a CSV file, the heading aside. */
  csvRows: 50_000,
  csvColumns: 500,
  /** Cells of a CSV file, as many as it has separators and line ends: reading a million takes seconds. */
  csvCells: 1_000_000,
  /** Characters of one row of a CSV file. */
  csvRecordLength: 1_000_000,
  /** Nested objects, lists or elements. */
  depth: 64,
  /** Values of a JSON file: far above what 20 MB of real orders hold, low enough for memory. */
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
  /** Characters of the source's own id of an order. */
  sourceOrderIdLength: 500,
  /** Characters of any other text. */
  textLength: 20_000,
} as const

/** No importer takes a file of more bytes than this: whoever reads files need not load a larger one. */
export const MAX_IMPORT_BYTES = LIMITS.jsonBytes
