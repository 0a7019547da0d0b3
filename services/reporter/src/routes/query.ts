import { MOMENT_FORMS, parseMoment } from '@denyscope/model';
import { z } from 'zod';

/** A number in a query string. */
export const digits = (expected: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `expected ${expected}`)
    .transform(Number);

/** `scan=ID`; the last complete scan where it is not given. */
const scanId = digits('the id of a scan').optional();

/** `asOf=MOMENT`: the last complete scan taken up to then; its value is the last millisecond of it. */
const asOf = z
  .string()
  .transform((text) => parseMoment(text))
  .refine((moment) => moment !== undefined, `expected ${MOMENT_FORMS}`)
  .optional();

/** The parameters that say which scan answers. */
export const scanQuery = { scan: scanId, asOf };

/** The twelve digits of an account. */
export const accountId = z.string().regex(/^\d{12}$/, 'expected the twelve digits of an account id');

/** `limit=N`: how many rows a page has. */
export const pageLimit = (largest: number) =>
  digits('a number')
    .refine((number) => number >= 1 && number <= largest, `expected a number from 1 to ${largest}`)
    .optional();
