/** How many calls AWS takes: `perSecond`, and `burst` at once after a rest. */
export interface Quota {
  readonly perSecond: number;
  readonly burst: number;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** Quotas that are kept apart by name. The function says whether one admits another call; a refused call costs nothing. */
export function openQuotas(now: () => number): (name: string, quota: Quota) => boolean {
  const buckets = new Map<string, Bucket>();
  return (name, { perSecond, burst }) => {
    const at = now();
    const before = buckets.get(name) ?? { tokens: burst, at };
    const tokens = Math.min(burst, before.tokens + ((at - before.at) / 1000) * perSecond);
    const isAdmitted = tokens >= 1;
    buckets.set(name, { tokens: isAdmitted ? tokens - 1 : tokens, at });
    return isAdmitted;
  };
}
