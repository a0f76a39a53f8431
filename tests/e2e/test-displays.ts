/** The virtual displays for the tests, one per worker. Empty if the tests use the user's own display. */
export function testDisplays(): string[] {
  return process.env.LEDGERDROP_TEST_DISPLAYS?.split(' ') ?? []
}
