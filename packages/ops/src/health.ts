/** Something that must answer for the process to be ready; it fails by throwing. */
export interface Check {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** `failed` says no more, since the answer is public; `onFailure` hears why. */
export type CheckOutcome = 'ok' | 'failed' | 'timeout';

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, CheckOutcome>>;
}

interface ReadinessOptions {
  readonly timeoutMs: number;
  readonly onFailure?: (check: string, error: unknown) => void;
}

/** Runs all checks at once; one that takes longer than the timeout counts as not ready. */
export async function checkReadiness(
  checks: readonly Check[],
  options: ReadinessOptions,
): Promise<Readiness> {
  const outcomes = await Promise.all(
    checks.map(async (check) => [check.name, await outcomeOf(check, options)] as const),
  );
  return { ready: outcomes.every(([, outcome]) => outcome === 'ok'), checks: Object.fromEntries(outcomes) };
}

async function outcomeOf({ name, run }: Check, options: ReadinessOptions): Promise<CheckOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'timeout'>((resolve) => {
    timer = setTimeout(() => resolve('timeout'), options.timeoutMs);
  });
  try {
    return await Promise.race([run().then(() => 'ok' as const), late]);
  } catch (error) {
    options.onFailure?.(name, error);
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}
