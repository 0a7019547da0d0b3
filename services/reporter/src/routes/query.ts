import { z } from 'zod';

/** A number in a query string. */
export const digits = (expected: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `expected ${expected}`)
    .transform(Number);

/** `scan=ID`; the last complete scan where it is not given. */
export const scanId = digits('the id of a scan').optional();
