/** An IAM action, both parts as written; compare with `actionKey`, since AWS ignores their case. */
export interface ActionName {
  readonly service: string;
  readonly name: string;
  readonly text: string;
}

/** Reads `service:Action`; undefined where it is not of that form or holds a wildcard. */
export function parseActionName(text: string): ActionName | undefined {
  const match = /^([a-zA-Z0-9-]+):([a-zA-Z0-9]+)$/.exec(text);
  const [, service, name] = match ?? [];
  return service !== undefined && name !== undefined ? { service, name, text } : undefined;
}

/** The spelling under which actions are compared: semantics.md A.4, both parts are case-insensitive. */
export function actionKey(text: string): string {
  return text.toLowerCase();
}
