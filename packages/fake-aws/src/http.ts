/** A request, as far as the services look at it. */
export interface HttpRequest {
  readonly method: string;
  /** As it was sent, percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** What goes back over the wire. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The credential scope of a signature (SigV4): who signed, and for which Region and service. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

const SCOPE = /^([A-Za-z0-9]{1,128})\/\d{8}\/([a-z0-9-]{1,40})\/([a-z0-9-]{1,40})\/aws4_request$/;

/** The scope that the `Authorization` header names, or the query of a presigned request. */
export function credentialScope(request: HttpRequest): CredentialScope | undefined {
  const header = /\bCredential=([^,\s]+)/.exec(request.headers['authorization'] ?? '')?.[1];
  const match = SCOPE.exec(header ?? request.query.get('X-Amz-Credential') ?? '');
  if (match === null) return undefined;
  const [, accessKeyId = '', region = '', service = ''] = match;
  return { accessKeyId, region, service };
}

/** The session token that came with the signature. */
export function sessionToken(request: HttpRequest): string | undefined {
  return request.headers['x-amz-security-token'] ?? request.query.get('X-Amz-Security-Token') ?? undefined;
}

/** Percent-decoded text; `undefined` where it is malformed. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
