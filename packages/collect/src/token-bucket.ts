/** Some tokens of a budget, which fills by `perSecond` up to `burst`. One token is one call. */
export interface TokenDraw {
  readonly budget: string;
  readonly tokens: number;
  readonly perSecond: number;
  /** At least `tokens`. */
  readonly burst: number;
}

/**
 * Takes tokens, which nobody else gets any more; comes back with the milliseconds after which they may be used. Over
 * any time, no more than `perSecond` × time + `burst` of them are usable.
 */
export type DrawTokens = (draw: TokenDraw) => Promise<number>;

/** Budgets that were drawn from; those that are full again are forgotten beyond so many. */
const REMEMBERED = 1_000;

/** Budgets of this process alone, by the same rule as the store's. */
export function localDraw(now: () => number = () => performance.now()): DrawTokens {
  /** When each budget will be full again, in milliseconds. */
  const fullAt = new Map<string, number>();
  return ({ budget, tokens, perSecond, burst }) => {
    const time = now();
    if (fullAt.size > REMEMBERED) forget(fullAt, time);
    const full = Math.max(fullAt.get(budget) ?? time, time) + (tokens / perSecond) * 1000;
    fullAt.set(budget, full);
    return Promise.resolve(Math.max(0, full - time - (burst / perSecond) * 1000));
  };
}

/** A budget that is full is as good as none. */
function forget(fullAt: Map<string, number>, time: number): void {
  for (const [budget, full] of fullAt) if (full <= time) fullAt.delete(budget);
}

export interface SharedDrawOptions {
  /** Draws from the budgets that all processes share. */
  readonly draw: DrawTokens;
  /** Hears why they were out of reach, once each time. */
  readonly onTrouble: (error: unknown) => void;
  readonly now?: () => number;
}

/** How long shared budgets may take to answer, and how long they are left alone when they did not. */
const ANSWER_MS = 2_000;
const PAUSE_MS = 15_000;

/** Draws from shared budgets; while they are out of reach, from this process's own. It never fails. */
export function sharedDraw({
  draw,
  onTrouble,
  now = () => performance.now(),
}: SharedDrawOptions): DrawTokens {
  const local = localDraw(now);
  let aloneUntil = -Infinity;
  let isTold = false;
  return async (wanted) => {
    if (now() < aloneUntil) return local(wanted);
    try {
      const waitMs = await answeredInTime(draw(wanted));
      isTold = false;
      return waitMs;
    } catch (error) {
      aloneUntil = now() + PAUSE_MS;
      if (!isTold) onTrouble(error);
      isTold = true;
      return local(wanted);
    }
  };
}

async function answeredInTime(answer: Promise<number>): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${ANSWER_MS} ms`));
    }, ANSWER_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
