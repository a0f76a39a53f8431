/** The virtual displays that the tests were given, one per worker; empty if they use the person's own. */
export function testDisplays(): string[] {
  return process.env.LEDGERDROP_TEST_DISPLAYS?.split(' ') ?? []
}
