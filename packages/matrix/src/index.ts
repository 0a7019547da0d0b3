/**
 * What goes in: an Estate and questions about it. What comes out: who can do what to which bucket under which
 * condition, and for one request the decision with every layer and all blockers.
 */
export type { Answered, Problem } from './answered.ts';
export { compileEstate, type CompiledEstate } from './compiled-estate.ts';
export { explain } from './explain.ts';
export { whoCan, type WhoCanQuery } from './who-can.ts';
