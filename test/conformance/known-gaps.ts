/**
 * Cases that the engine is known to miss, by id, each with its reason. They count as skipped, and the run fails when
 * one of them starts to pass: then its line must go.
 */
export const KNOWN_GAPS: ReadonlyMap<string, string> = new Map();
