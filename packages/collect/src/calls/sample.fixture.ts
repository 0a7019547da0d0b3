/** What sample answers are made of. */

/** An answer as AWS writes it, and the items that are read from it. */
export interface Sample {
  readonly body: string;
  readonly items: readonly unknown[];
  /** Where the next page begins. */
  readonly next?: string;
}

export const FLAGS = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: false,
};
export const FLAGS_XML = Object.entries(FLAGS)
  .map(([name, on]) => `<${name}>${String(on)}</${name}>`)
  .join('');
export const POLICY = '{"Version":"2012-10-17","Statement":[]}';

export function json(answer: object, items: readonly unknown[], next?: string): Sample {
  return { body: JSON.stringify(answer), items, ...(next !== undefined && { next }) };
}

export function xml(body: string, items: readonly unknown[], next?: string): Sample {
  return { body, items, ...(next !== undefined && { next }) };
}
