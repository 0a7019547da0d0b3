type Stop = () => Promise<void>;

/** Jest loads setup and teardown apart, so what joins them hangs on the one object that both see. */
declare global {
  var denyscopeTeardown: Stop[] | undefined;
}

/** Keeps something to be stopped after the last test. */
export function rememberForTeardown(stop: Stop): void {
  globalThis.denyscopeTeardown = [...(globalThis.denyscopeTeardown ?? []), stop];
}

/** Stops everything that was remembered, last started first. */
export async function runTeardown(): Promise<void> {
  for (const stop of (globalThis.denyscopeTeardown ?? []).toReversed()) await stop();
  globalThis.denyscopeTeardown = [];
}
