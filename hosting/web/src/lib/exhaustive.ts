/** A check that a `switch` has a case for every value of a union. */

/**
 * Fail for a value that no case of a `switch` knows.
 *
 * In its `default`, the compiler reports a kind that was added to the API and has no case yet.
 */
export function assertNever(value: never): never {
  throw new Error(`Unknown kind: ${JSON.stringify(value)}`);
}
