import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { networkEnvironment } from '../../scripts/network-settings.mjs'

const node = { NODE_USE_ENV_PROXY: '1' }

test.each([
  ['nothing set', {}, {}, node],
  ["npm's proxy for https", { 'https-proxy': 'http://p:1' }, {}, { ...node, https_proxy: 'http://p:1', http_proxy: 'http://p:1' }],
  [
    "npm's single proxy is also used for https",
    { proxy: 'http://p:1' },
    {},
    { ...node, https_proxy: 'http://p:1', http_proxy: 'http://p:1' },
  ],
  [
    "npm's settings take precedence over environment variables in upper or lower case",
    { 'https-proxy': 'http://npm:1', proxy: 'http://npm:2', noproxy: 'localhost' },
    { HTTPS_PROXY: 'http://env:1', https_proxy: 'http://env:2', NO_PROXY: 'a' },
    { ...node, https_proxy: 'http://npm:1', http_proxy: 'http://npm:2', no_proxy: 'localhost' },
  ],
  ['only environment variables', {}, { HTTPS_PROXY: 'http://env:1' }, { ...node, HTTPS_PROXY: 'http://env:1' }],
  ['environment proxies switched off', {}, { NODE_USE_ENV_PROXY: '0' }, { NODE_USE_ENV_PROXY: '0' }],
  ["npm's cafile", { cafile: '/ca.pem' }, {}, { ...node, NODE_EXTRA_CA_CERTS: '/ca.pem' }],
  [
    "Node's own certificates take precedence over npm's cafile",
    { cafile: '/ca.pem' },
    { NODE_EXTRA_CA_CERTS: '/mine.pem' },
    { ...node, NODE_EXTRA_CA_CERTS: '/mine.pem' },
  ],
])('network settings for child processes: %s', (_, npm, environment, expected) => {
  expect(networkEnvironment(npm, environment)).toEqual(expected)
})
