import type { HttpAnswer } from './http.ts';
import type { Answer, AwsError, Content, ServiceName } from './service.ts';
import { withEpochTimes } from './services/json.ts';
import { xmlDocument, xmlOf, type Dialect, type Xml } from './xml.ts';

/** What a protocol needs to know of the call that it answers. */
export interface Addressee {
  readonly service: ServiceName;
  readonly operation: string;
  readonly requestId: string;
  /** An answer to HEAD has no body. */
  readonly method: string;
}

interface Protocol {
  readonly done: (content: Content, to: Addressee) => HttpAnswer;
  readonly refused: (error: AwsError, to: Addressee) => HttpAnswer;
}

/** Writes an answer in the protocol of its service. */
export function writeAnswer(answer: Answer, to: Addressee): HttpAnswer {
  const protocol = PROTOCOLS[to.service];
  return answer.kind === 'done' ? protocol.done(answer.content, to) : protocol.refused(answer.error, to);
}

const XML = { 'content-type': 'text/xml;charset=UTF-8' } as const;
const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.1' } as const;

const plain = (member: string): string => member;

const QUERY_DIALECT: Dialect = { nameOf: plain, listOf: (element) => ({ element, item: 'member' }) };

function xmlContent({ members }: Content, dialect: Dialect): Xml {
  return xmlOf(members, dialect);
}

/** STS and IAM. */
function query(namespace: string): Protocol {
  const headers = (to: Addressee) => ({ ...XML, 'x-amzn-requestid': to.requestId });
  return {
    done: (content, to) => ({
      status: 200,
      headers: headers(to),
      body: xmlDocument(`${to.operation}Response`, {
        '@xmlns': namespace,
        [`${to.operation}Result`]: xmlContent(content, QUERY_DIALECT),
        ResponseMetadata: { RequestId: to.requestId },
      }),
    }),
    refused: ({ status, code, message }, to) => ({
      status,
      headers: headers(to),
      body: xmlDocument('ErrorResponse', {
        '@xmlns': namespace,
        Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message },
        RequestId: to.requestId,
      }),
    }),
  };
}

/** Members whose names follow no rule. */
const EC2_NAMES: ReadonlyMap<string, string> = new Map([
  ['Regions', 'regionInfo'],
  ['Endpoint', 'regionEndpoint'],
]);

const lowered = (member: string): string => member.charAt(0).toLowerCase() + member.slice(1);

/** AWS: EC2 begins every name with a small letter, and calls the list of `SubnetIds` `subnetIdSet`. */
const EC2_DIALECT: Dialect = {
  nameOf: (member) => EC2_NAMES.get(member) ?? lowered(member),
  listOf: (member) => ({ element: EC2_NAMES.get(member) ?? setName(lowered(member)), item: 'item' }),
};

function setName(member: string): string {
  if (member.endsWith('Set')) return member;
  const one = member.replace(/ies$/, 'y').replace(/(?<=ss|x)es$/, '');
  return `${one === member ? member.replace(/s$/, '') : one}Set`;
}

const ec2: Protocol = {
  done: (content, to) => ({
    status: 200,
    headers: { ...XML, 'x-amzn-requestid': to.requestId },
    body: xmlDocument(`${to.operation}Response`, {
      '@xmlns': 'http://ec2.amazonaws.com/doc/2016-11-15/',
      requestId: to.requestId,
      ...membersOnly(xmlContent(content, EC2_DIALECT)),
    }),
  }),
  refused: ({ status, code, message }, to) => ({
    status,
    headers: { ...XML, 'x-amzn-requestid': to.requestId },
    body: xmlDocument('Response', {
      Errors: { Error: { Code: code, Message: message } },
      RequestID: to.requestId,
    }),
  }),
};

/** Organizations, KMS and CloudTrail. */
const json: Protocol = {
  done: ({ members }, to) => ({
    status: 200,
    headers: { ...JSON_TYPE, 'x-amzn-requestid': to.requestId },
    body: JSON.stringify(withEpochTimes(members)),
  }),
  refused: ({ status, code, message }, to) => ({
    status,
    headers: { ...JSON_TYPE, 'x-amzn-requestid': to.requestId },
    body: JSON.stringify({ __type: code, message }),
  }),
};

type ListNames = ReadonlyMap<string, { readonly element: string; readonly item?: string }>;

/** Lists of S3: the element, and of what; those without an item repeat their own element. */
const S3_LISTS: ListNames = new Map([
  ['Buckets', { element: 'Buckets', item: 'Bucket' }],
  ['Grants', { element: 'AccessControlList', item: 'Grant' }],
  ['RoutingRules', { element: 'RoutingRules', item: 'RoutingRule' }],
  ['Rules', { element: 'Rule' }],
  ['TagSet', { element: 'TagSet', item: 'Tag' }],
  ['Tags', { element: 'Tag' }],
  ['TargetGrants', { element: 'TargetGrants', item: 'Grant' }],
]);

const S3_CONTROL_LISTS: ListNames = new Map([
  ['AccessPointList', { element: 'AccessPointList', item: 'AccessPoint' }],
  ['AccessPoints', { element: 'AccessPoints', item: 'AccessPoint' }],
  ['Regions', { element: 'Regions', item: 'Region' }],
  ['Tags', { element: 'Tags', item: 'Tag' }],
]);

function restDialect(lists: ListNames): Dialect {
  return { nameOf: plain, listOf: (member) => lists.get(member) ?? { element: member } };
}

interface RestForm {
  readonly namespace: string;
  readonly lists: ListNames;
  /** Does an error stand in an element of its own? */
  readonly wrapped: boolean;
}

/** S3 and S3 Control: they differ in the namespace, in their lists, and in how an error is wrapped. */
function rest({ namespace, lists, wrapped }: RestForm): Protocol {
  const dialect = restDialect(lists);
  const ids = ({ requestId }: Addressee) => {
    const hostId = Buffer.from(`${requestId} denyscope fake aws`).toString('base64');
    return { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId };
  };
  return {
    done: (content, to) => {
      const headers = { ...ids(to), ...content.headers };
      if (content.text !== undefined) {
        return {
          status: 200,
          headers: { ...headers, 'content-type': 'application/json' },
          body: content.text,
        };
      }
      if (content.root === undefined) return { status: 200, headers, body: '' };
      const inner = xmlContent(content, dialect);
      const root = typeof inner === 'string' ? inner : membersOnly(inner);
      const body = rootElement(content.root, namespace, root);
      return { status: 200, headers: { ...headers, 'content-type': 'application/xml' }, body };
    },
    refused: ({ status, code, message, headers, details }, to) => {
      const wire = { ...ids(to), ...headers };
      if (to.method === 'HEAD') return { status, headers: wire, body: '' };
      const traced = { RequestId: to.requestId, HostId: wire['x-amz-id-2'] };
      const error = { Code: code, Message: message, ...details };
      const body = wrapped
        ? xmlDocument('ErrorResponse', { '@xmlns': namespace, Error: error, ...traced })
        : xmlDocument('Error', { ...error, ...traced });
      return { status, headers: { ...wire, 'content-type': 'application/xml' }, body };
    },
  };
}

function membersOnly(content: Xml): Readonly<Record<string, Xml>> {
  return typeof content === 'object' && !Array.isArray(content)
    ? Object.fromEntries(Object.entries(content))
    : {};
}

function rootElement(
  name: string,
  namespace: string,
  content: string | Readonly<Record<string, Xml>>,
): string {
  return xmlDocument(name, {
    '@xmlns': namespace,
    ...(typeof content === 'string' ? { '#text': content } : content),
  });
}

const PROTOCOLS: Readonly<Record<ServiceName, Protocol>> = {
  sts: query('https://sts.amazonaws.com/doc/2011-06-15/'),
  iam: query('https://iam.amazonaws.com/doc/2010-05-08/'),
  ec2,
  organizations: json,
  kms: json,
  cloudtrail: json,
  s3: rest({ namespace: 'http://s3.amazonaws.com/doc/2006-03-01/', lists: S3_LISTS, wrapped: false }),
  's3-control': rest({
    namespace: 'http://awss3control.amazonaws.com/doc/2018-08-20/',
    lists: S3_CONTROL_LISTS,
    wrapped: true,
  }),
};
