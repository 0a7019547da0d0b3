import { Command } from 'commander';
import { type ExplainAnswer, type ExplainRequest, type Verdict } from '@denyscope/model';
import { explainFile } from '../explain-file.ts';
import { type ExplainOptions, requestOf } from '../explain-request.ts';
import { STATUS, UsageError } from '../failure.ts';
import { collect, scanOption } from '../options.ts';
import { print } from '../output.ts';
import { type Runner } from '../runner.ts';
import { problemError } from '../question-problem.ts';
import { renderExplain } from '../render/explain.ts';
import { type Scan, withScan } from '../scan.ts';
import { type Session } from '../session.ts';

const HELP = `
A context key that is not given stays open, and the answer says under which values the request is allowed.
  --context aws:SecureTransport=true               one value
  --context 'aws:PrincipalOrgPaths=a,b'            several; so does giving the key again; \\, is a comma in a value
  --context s3:prefix=                             one empty value
  --context '!aws:MultiFactorAuthPresent'          the key is absent

Examples:
  denyscope explain --principal arn:aws:iam::111122223333:role/etl \\
      --action s3:GetObject --resource 'arn:aws:s3:::example-bucket/*' --via internet
  denyscope explain --file requests.jsonl > answers.jsonl
  denyscope explain … --exit-code || echo 'not simply allowed'

A line of the file is {"id"?, "principal", "action", "resource", "via"?, "context"?}; its answer is one line of JSON.
Exit status with --exit-code: 0 allowed, 10 denied, 11 conditional, 12 unknown; of a file, 10 where any answer is
denied, else 12 where any is unknown, else 11 where any is conditional.`;

interface Options extends Partial<ExplainOptions> {
  readonly file?: string;
  readonly exitCode?: true;
  readonly scan?: number;
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
    .option('--resource <arn>', 'the ARN of a bucket, of objects (which may hold *), or of a KMS key')
    .option('--via <path>', 'internet, a VPC endpoint (vpce-…), or the ARN of an access point (default: any)')
    .option('--context <key=value>', 'closes a context key; may be repeated', collect)
    .option('--file <requests>', 'a file of requests, one JSON object a line, or - for standard input')
    .option('--exit-code', 'end with a status that tells the verdict')
    .addOption(scanOption())
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
  const { file, exitCode, scan } = options;
  const verdict =
    file === undefined
      ? await explainOne(session, requestFrom(options), scan)
      : await explainFile(session, fileFrom(options, file), scan);
  return exitCode === true ? BY_VERDICT[verdict] : STATUS.done;
}

async function explainOne(
  session: Session,
  request: ExplainRequest,
  scan: number | undefined,
): Promise<Verdict> {
  const explained = await withScan(session, scan, (loaded) => ask(loaded, request));
  await print(session, explained, renderExplain);
  return explained.verdict;
}

async function ask({ compiled, ref }: Scan, request: ExplainRequest): Promise<ExplainAnswer> {
  const { explain } = await import('@denyscope/matrix');
  const explained = explain(compiled, request, ref);
  if (explained.ok) return explained.answer;
  throw problemError(explained.problem);
}

function requestFrom({ principal, action, resource, via, context }: Options): ExplainRequest {
  if (principal === undefined || action === undefined || resource === undefined) {
    throw new UsageError('explain needs --principal, --action and --resource, or --file');
  }
  return requestOf({
    principal,
    action,
    resource,
    ...(via === undefined ? {} : { via }),
    ...(context === undefined ? {} : { context }),
  });
}

function fileFrom(options: Options, file: string): string {
  const { principal, action, resource, via, context } = options;
  if ([principal, action, resource, via, context].every((option) => option === undefined)) return file;
  throw new UsageError(
    '--file brings whole requests: give no --principal, --action, --resource, --via or --context',
  );
}
