import { expect, test } from 'vitest'
import { shopifyAddress } from '../../../../../src-main/engine/stores/shopify/shopify-address'
import { FailureError } from '../../../../../src-shared/failure'

test.each([
  ['harbour-garden', 'https://harbour-garden.myshopify.com'],
  ['Harbour-Garden', 'https://harbour-garden.myshopify.com'],
  ['harbour-garden.myshopify.com', 'https://harbour-garden.myshopify.com'],
  ['  https://harbour-garden.myshopify.com/admin/orders?x=1#y ', 'https://harbour-garden.myshopify.com'],
  ['http://harbour-garden.myshopify.com', 'https://harbour-garden.myshopify.com'],
  ['https://admin.shopify.com/store/harbour-garden/orders/55', 'https://harbour-garden.myshopify.com'],
  ['admin.shopify.com/store/harbour-garden', 'https://harbour-garden.myshopify.com'],
  ['http://127.0.0.1:4000/x', 'http://127.0.0.1:4000'],
])('the store at %s is %s', (text, address) => {
  expect(shopifyAddress(text)).toBe(address)
})

test.each([
  ['www.harbourgarden.com.au'],
  ['https://harbour-garden.myshopify.com.evil.example'],
  ['https://evil.example/harbour-garden.myshopify.com'],
  ['https://user:secret@harbour-garden.myshopify.com'],
  ['https://admin.shopify.com/'],
  ['https://admin.shopify.com/store/..%2f..%2f'],
  ['http://192.168.1.5'],
  ['ftp://harbour-garden.myshopify.com'],
  ['-name'],
  [''],
  ['https://'],
])('%j is not the address of a Shopify store', (text) => {
  expect(() => shopifyAddress(text)).toThrow(FailureError)
})
