/**
 * The state of an account by its Organizations data: `ACTIVE`, `SUSPENDED` and so on; undefined where nothing tells it.
 * AWS: `State` follows `Status`, which Organizations retires in September 2026 (semantics.md H.1).
 */
export function accountState({
  State,
  Status,
}: {
  readonly State?: unknown;
  readonly Status?: unknown;
}): string | undefined {
  const state = State ?? Status;
  return typeof state === 'string' ? state : undefined;
}
