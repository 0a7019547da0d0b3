import { basename } from 'node:path';
import { Command } from 'commander';
import { type ExplainAnswer, type ExplainRequest, type Verdict } from '@denyscope/model';
import { explainFile } from '../explain-file.ts';
import { type ExplainOptions, requestOf } from '../explain-request.ts';
import { STATUS, UsageError } from '../failure.ts';
import { openInput, wholeText } from '../input.ts';
import { AS_OF_HELP, asOfOption, collect, scanOption } from '../options.ts';
import { print } from '../output.ts';
import { type Runner } from '../runner.ts';
import { problemError } from '../question-problem.ts';
import { renderExplain } from '../render/explain.ts';
import { type Scan, type ScanChoice, withScan } from '../scan.ts';
import { type Session } from '../session.ts';

const HELP = `
A context key that is not given stays open, and the answer says under which values the request is allowed.
  --context aws:SecureTransport=true               one value
  --context 'aws:PrincipalOrgPaths=a,b'            several; so does giving the key again; \\, is a comma in a value
  --context s3:prefix=                             one empty value
  --context '!aws:MultiFactorAuthPresent'          the key is absent
  --context x-amz-request-payer=requester          a header that no policy tests
  --context 'kms aws:CalledVia=athena.amazonaws.com'
                                                   a key of the call that S3 makes to KMS; its own keys (kms:…) need
                                                   no prefix, and keys of the session are shared by both calls

How the request comes; several together are one path, what is not said stays open:
  --via internet                                   through no VPC endpoint
  --via vpce-0123456789abcdef0                     through this endpoint, whose policy then counts
  --via arn:aws:s3:eu-west-1:111122223333:accesspoint/ap
  --via 203.0.113.9                                from this address
  --via athena.amazonaws.com                       through a service that uses the caller's credentials
${AS_OF_HELP}

Examples:
  denyscope explain --principal arn:aws:iam::111122223333:role/etl \\
      --action s3:GetObject --resource 'arn:aws:s3:::example-bucket/*' --via internet
  denyscope explain … --session-policy scoped.json --object-owner 444455556666
  denyscope explain --file requests.jsonl > answers.jsonl
  denyscope explain … --exit-code || echo 'not simply allowed'

A line of the file is {"id"?, "principal", "action", "resource", "via"?, "context"?, "operation"?, "object"?,
"sessionPolicies"?}; its answer is one line of JSON.
Exit status with --exit-code: 0 allowed, 10 denied, 11 conditional, 12 unknown; of a file, 10 where any answer is
denied, else 12 where any is unknown, else 11 where any is conditional.`;

interface Options extends Partial<Omit<ExplainOptions, 'sessionPolicies'>>, ScanChoice {
  readonly sessionPolicy?: readonly string[];
  readonly file?: string;
  readonly exitCode?: true;
}

/** `denyscope explain`: what one request would get, and why. */
export function explainCommand(run: Runner): Command {
  return new Command('explain')
    .description('why a request is allowed or denied, layer by layer')
    .option(
      '--principal <arn>',
      'who asks: an ARN, "anonymous", or a service such as cloudtrail.amazonaws.com',
    )
    .option('--action <action>', 'an IAM action, as in s3:GetObject')
    .option(
      '--resource <arn>',
      'the ARN of a bucket, of objects (which may hold *), of a KMS key, or of a role',
    )
    .option('--via <path>', 'how the request comes (default: any way); may be repeated', collect)
    .option('--context <key=value>', 'closes a context key; may be repeated', collect)
    .option('--session-policy <file>', "a policy passed with the caller's session; may be repeated", collect)
    .option(
      '--object-owner <account>',
      "the object's owner, where that is not the bucket's: an account id or canonical user id",
    )
    .option(
      '--object-key <arn>',
      'the KMS key under which the object is encrypted, or AES256 (default: the bucket default)',
    )
    .option('--multipart', 's3:PutObject as a multipart upload')
    .option('--file <requests>', 'a file of requests, one JSON object a line, or - for standard input')
    .option('--exit-code', 'end with a status that tells the verdict')
    .addOption(scanOption())
    .addOption(asOfOption())
    .addHelpText('after', HELP)
    .action((options: Options, command: Command) => run(command, (session) => answer(session, options)));
}

const BY_VERDICT: Readonly<Record<Verdict, number>> = {
  allowed: STATUS.done,
  conditional: STATUS.conditional,
  unknown: STATUS.unknown,
  denied: STATUS.denied,
};

async function answer(session: Session, options: Options): Promise<number> {
  const { file, exitCode } = options;
  const verdict =
    file === undefined
      ? await explainOne(session, await requestFrom(session, options), options)
      : await explainFile(session, fileFrom(options, file), options);
  return exitCode === true ? BY_VERDICT[verdict] : STATUS.done;
}

async function explainOne(session: Session, request: ExplainRequest, choice: ScanChoice): Promise<Verdict> {
  const explained = await withScan(session, choice, (loaded) => ask(loaded, request));
  await print(session, explained, renderExplain);
  return explained.verdict;
}

async function ask({ compiled, ref }: Scan, request: ExplainRequest): Promise<ExplainAnswer> {
  const { explain } = await import('@denyscope/matrix');
  const explained = explain(compiled, request, ref);
  if (explained.ok) return explained.answer;
  throw problemError(explained.problem);
}

async function requestFrom(session: Session, options: Options): Promise<ExplainRequest> {
  const { principal, action, resource, sessionPolicy, ...others } = options;
  if (principal === undefined || action === undefined || resource === undefined) {
    throw new UsageError('explain needs --principal, --action and --resource, or --file');
  }
  const given = { ...others, principal, action, resource };
  if (sessionPolicy === undefined) return requestOf(given);
  return requestOf({ ...given, sessionPolicies: await readSessionPolicies(session, sessionPolicy) });
}

/** Each file is one policy, named after it. */
async function readSessionPolicies(
  { terminal }: Session,
  files: readonly string[],
): Promise<NonNullable<ExplainOptions['sessionPolicies']>> {
  const policies: NonNullable<ExplainOptions['sessionPolicies']> = [];
  for (const file of files) {
    const input = await openInput(file, terminal);
    policies.push({ name: file === '-' ? 'stdin' : basename(file), policy: await wholeText(input) });
  }
  return policies;
}

/** Options that say how to answer, rather than what to ask. */
const OF_ANSWER: ReadonlySet<string> = new Set(['file', 'exitCode', 'scan', 'asOf']);

function fileFrom(options: Options, file: string): string {
  if (Object.keys(options).every((name) => OF_ANSWER.has(name))) return file;
  throw new UsageError(
    '--file brings whole requests: give no other options that ask, such as --principal or --context',
  );
}
