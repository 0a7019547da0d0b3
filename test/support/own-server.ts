/** A server of one test's own, which may be stopped and started as the test likes, always at the same URL. */
export interface OwnServer {
  readonly url: string;
  readonly start: () => Promise<void>;
  /** As if the machine had failed: without a word to those who are connected. */
  readonly kill: () => Promise<void>;
  /** Ends it for good, with all that it kept. */
  readonly close: () => Promise<void>;
}

/** `describe`, skipped with the reason in its title where there is one. */
export function describeUnless(missing: string | undefined, title: string, body: () => void): void {
  if (missing === undefined) describe(title, body);
  else describe.skip(`${title} (skipped: ${missing})`, body);
}
