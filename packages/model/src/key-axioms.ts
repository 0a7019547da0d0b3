/** A condition key is there, is not, or is true. */
export type KeyState = 'there' | 'absent' | 'true';

/** Where the one holds, the other does, in every call to S3. Keys are in lower case. */
export interface KeyAxiom {
  readonly given: readonly [key: string, state: KeyState];
  readonly follows: readonly [key: string, state: KeyState];
}

/** AWS (C.12, E): a VPC endpoint brings these together, and takes the caller's public address away. */
const NETWORK = ['aws:sourcevpce', 'aws:sourcevpc', 'aws:vpcsourceip'];

/** Only a VPC endpoint brings these, but not every service sends them. */
const THROUGH_ENDPOINT = ['aws:sourcevpcarn', 'aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths'];

/** AWS (B.6, C.12): only a service that reuses the caller's credentials brings these. */
export const CALLED_VIA = ['aws:calledvia', 'aws:calledviafirst', 'aws:calledvialast'];

/** AWS (C.12): only temporary credentials bring these. */
const TEMPORARY = ['aws:multifactorauthpresent', 'aws:tokenissuetime'];

/** What holds between keys of the call to S3: the engine's theory and the generators of the tests rest on it alike. */
export const KEY_AXIOMS: readonly KeyAxiom[] = [
  ...[...NETWORK, ...THROUGH_ENDPOINT].flatMap((key) => [
    ...together(key, NETWORK),
    axiom([key, 'there'], ['aws:sourceip', 'absent']),
  ]),
  ...CALLED_VIA.flatMap((key) => [
    ...together(key, CALLED_VIA),
    axiom([key, 'there'], ['aws:viaawsservice', 'true']),
  ]),
  ...TEMPORARY.flatMap((key) => together(key, TEMPORARY)),
  // AWS (C.12): there where MFA was used, and only there.
  axiom(['aws:multifactorauthage', 'there'], ['aws:multifactorauthpresent', 'true']),
  axiom(['aws:multifactorauthpresent', 'true'], ['aws:multifactorauthage', 'there']),
];

function axiom(given: KeyAxiom['given'], follows: KeyAxiom['follows']): KeyAxiom {
  return { given, follows };
}

function together(key: string, keys: readonly string[]): readonly KeyAxiom[] {
  return keys.flatMap((other) => (other === key ? [] : [axiom([key, 'there'], [other, 'there'])]));
}
