import { documentName, type Lockout } from '@denyscope/model';

/** What locked the scanner out, in few words; empty where nobody knows. */
export function lockoutText({ statement, missingAllow, suspect }: Lockout): string {
  if (statement !== undefined) {
    const { layer, document, sid, path } = statement;
    return `locked out by ${layer} ${documentName(document)} statement ${sid ?? path}`;
  }
  if (missingAllow !== undefined) return `locked out, as the layer ${missingAllow} does not allow the read`;
  if (suspect === undefined) return '';
  return `perhaps locked out by the ${documentName(suspect)}, which could not be read itself`;
}
