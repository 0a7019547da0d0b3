/** The members of AWS's response shapes that hold policy documents (formats.md section 1), wherever they stand. */
const DOCUMENT_MEMBERS: ReadonlySet<string> = new Set([
  'Policy',
  'PolicyDocument',
  'AssumeRolePolicyDocument',
  'Document',
  'Content',
]);

/** Is this member of a snapshot line's data a policy document: text, or a JSON object? */
export function isDocumentMember(
  name: string,
  value: unknown,
): value is string | Readonly<Record<string, unknown>> {
  if (!DOCUMENT_MEMBERS.has(name)) return false;
  return typeof value === 'string' || (typeof value === 'object' && value !== null && !Array.isArray(value));
}
