import { expect, it } from 'vitest'
import { arrangeElements } from '../../../../../src-main/engine/exporters/arrange-elements'

it("a site's pasted field list puts the elements in the order of its screen and names what does not fit", () => {
  const elements = ['customercode', 'reference', 'date', 'srep9'].map((element) => ({ element }))
  expect(arrangeElements(elements, 'DATE\r\nCustomerCode, ordernumber; reference')).toEqual({
    elements: ['date', 'customercode', 'reference', 'srep9'].map((element) => ({ element })),
    unused: ['ordernumber'],
    unknown: ['srep9'],
  })
  expect(arrangeElements(elements, '').elements).toEqual(elements)
})
