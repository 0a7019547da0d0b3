/** What can go wrong outside of this package, and is no answer of AWS itself. */
export type CollectErrorCode = 'InvalidResponse' | 'Timeout';

/** A fault from outside: an answer that is not AWS's shape, or a deadline that passed. */
export class CollectError extends Error {
  readonly code: CollectErrorCode;
  readonly retryable: boolean;

  constructor(code: CollectErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = code;
    this.code = code;
    this.retryable = code === 'Timeout';
  }
}

/** An answer that AWS would not give: never read as "not configured" (stack.md section 5, emulators). */
export function invalidResponse(message: string): CollectError {
  return new CollectError('InvalidResponse', message);
}
