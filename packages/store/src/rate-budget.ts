import { type Sessions } from './sessions.ts';
import { DRAW_TOKENS, FORGET_BUDGETS } from './sql/rate-budget-sql.ts';

/** Some tokens of a budget, which fills by `perSecond` up to `burst`. */
export interface BudgetDraw {
  readonly budget: string;
  readonly tokens: number;
  readonly perSecond: number;
  /** At least `tokens`. */
  readonly burst: number;
}

/** Draws of one store between two looks for budgets that can be forgotten. */
const DRAWS_BETWEEN_LOOKS = 1_000;

/** Draws from the budgets in the database, and forgets those that are full again now and then. */
export function rateBudgets({ use }: Sessions): (draw: BudgetDraw) => Promise<number> {
  let draws = 0;
  return ({ budget, tokens, perSecond, burst }) =>
    use(async (client) => {
      draws += 1;
      if (draws % DRAWS_BETWEEN_LOOKS === 0) await client.query(FORGET_BUDGETS);
      const drawn = await client.query<{ readonly wait_ms: number }>(DRAW_TOKENS, [
        budget,
        tokens,
        perSecond,
        burst,
      ]);
      return drawn.rows[0]?.wait_ms ?? 0;
    });
}
