interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** What a resource whose tags are proved absent has. */
export const NO_TAGS: ReadonlyMap<string, string> = new Map();

/** Tags as AWS's services but KMS spell them. */
export function tagMap(tags: readonly Tag[]): ReadonlyMap<string, string> {
  return new Map(tags.map(({ Key, Value }) => [Key, Value]));
}
