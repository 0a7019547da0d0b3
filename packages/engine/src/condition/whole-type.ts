import { parseGlob } from '../compile/glob.ts';
import { LAST_MILLISECOND } from './compare.ts';
import type { Demand } from './residual.ts';

/** Types whose values an operator may meet under a key that can hold others too. */
export type WholeType = 'number' | 'date' | 'arn';

/** What every value of a type passes, and no other. */
export const WHOLE_TYPE: Readonly<Record<WholeType, Demand>> = {
  number: {
    test: 'numeric-less-or-equal',
    value: { text: BigInt(Number.MAX_VALUE).toString(), glob: [] },
  },
  date: { test: 'date-less-or-equal', value: { text: String(LAST_MILLISECOND / 1000), glob: [] } },
  arn: { test: 'arn-like', value: { text: 'arn:*:*:*:*:*', glob: parseGlob('arn:*:*:*:*:*') } },
};
