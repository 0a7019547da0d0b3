import {
  documentName,
  type Blocker,
  type Decision,
  type Layer,
  type LayerOutcome,
  type Remedy,
  type StatementRef,
} from '@denyscope/model';
import type { CompiledStatement } from '../compile/policy.ts';
import { conditionsText, waysAround } from './condition-words.ts';
import { missingSummary } from './missing.ts';
import { BY_THE_WAY, PLACES } from './places.ts';
import { sceneOf, type Call, type Explained, type Scene } from './scene.ts';

/** The decision with what to change and where, in words, at every blocker. Nothing here is tried: that is for patches. */
export function withRemedies(decision: Decision, question: Explained | undefined): Decision {
  if (question === undefined || decision.blockers.length === 0) return decision;
  const scene = sceneOf(question);
  const blockers = decision.blockers.map((blocker) => ({
    ...blocker,
    remedy: remedyOf(blocker, decision, scene),
  }));
  return { ...decision, blockers };
}

function remedyOf({ layer, leg, statement }: Blocker, decision: Decision, scene: Scene): Remedy {
  const refused = { scene, call: (leg === 'kms' ? scene.kms : undefined) ?? scene.call };
  const row = decision.layers.find((each) => each.layer === layer && each.leg === leg);
  const said =
    statement?.effect === 'Deny'
      ? denialSummary(statement, findStatement(statement, scene), refused)
      : { summary: wantingSummary(layer, row, refused), isByTheWay: false };
  const { risk, minutes } = said.isByTheWay ? BY_THE_WAY : PLACES[layer];
  return { summary: said.summary, layer, risk, minutes: [...minutes], verified: false };
}

/** What the layer wants: it allows nothing, or only under conditions, or refuses as a gate does. */
function wantingSummary(layer: Layer, row: LayerOutcome | undefined, refused: Refused): string {
  const only = row?.outcome === 'conditional' ? allowedOnly(row, refused) : undefined;
  return only ?? missingSummary(layer, { ...refused, note: row?.note ?? '' });
}

/** The layer allows it, but only so. */
function allowedOnly({ layer, statements }: LayerOutcome, { scene, call }: Refused): string | undefined {
  const allows = statements.flatMap((ref) => {
    const statement = ref.effect === 'Allow' ? findStatement(ref, scene) : undefined;
    const where = statement ? conditionsText(statement, call.noun) : '';
    return where === '' ? [] : [{ where, name: ref.sid ?? ref.path }];
  });
  const [first, ...others] = allows;
  if (!first) return undefined;
  const more = others.length === 0 ? '' : `, or as ${others.length} more Allows say`;
  return `The ${PLACES[layer].noun} allows ${call.action} ${first.where}${more}: call so, or widen the Allow ${first.name}`;
}

function findStatement(
  { document, path, attachedTo }: StatementRef,
  { sources }: Scene,
): CompiledStatement | undefined {
  const source = sources.find((each) => each.document === document && each.attachedTo === attachedTo);
  if (source?.policy.kind !== 'seen') return undefined;
  return source.policy.value.statements.find((statement) => statement.path === path);
}

interface Refused {
  readonly scene: Scene;
  readonly call: Call;
}

/** `The SCP statement DenyUntaggedKeys of p-1 at ou-x refuses kms:Decrypt where …: tag the key, or except …` */
function denialSummary(
  ref: StatementRef,
  statement: CompiledStatement | undefined,
  { scene, call }: Refused,
): { readonly summary: string; readonly isByTheWay: boolean } {
  const where = statement ? conditionsText(statement, call.noun) : '';
  const ways = statement ? waysAround(statement, call.noun) : [];
  const what = `${placeName(ref)} refuses ${call.action}${where === '' ? '' : ` ${where}`}`;
  const remedies = [...ways, exception(ref, statement, scene)];
  return { summary: `The ${what}: ${remedies.join(', or ')}`, isByTheWay: ways.length > 0 };
}

/** `SCP statement Deny… of p-1 at ou-x`, `bucket policy statement 2` */
function placeName(ref: StatementRef): string {
  const { noun } = PLACES[ref.layer];
  const name = documentName(ref.document);
  const statement = ref.sid ?? /\d+$/.exec(ref.path)?.[0] ?? '';
  const of = name === noun ? '' : ` of ${name}`;
  const at = ref.layer === 'scp' || ref.layer === 'rcp' ? ` at ${ref.attachedTo}` : '';
  return `${noun} statement ${statement}${of}${at}`;
}

/** The statement itself changed. */
function exception({ layer }: StatementRef, statement: CompiledStatement | undefined, scene: Scene): string {
  if (OWN_POLICIES.has(layer)) return 'narrow the statement';
  // AWS (A.3): a Deny with NotPrincipal refuses whoever has a permissions boundary, listed or not.
  if (statement?.principal?.negated === true && scene.hasBoundary) {
    return `write it with Principal * and ArnNotEquals aws:PrincipalArn, since NotPrincipal spares nobody who has a permissions boundary, as ${scene.caller} has`;
  }
  return scene.principal.kind === 'anonymous'
    ? 'call with credentials'
    : `except ${scene.caller} in the statement`;
}

const OWN_POLICIES: ReadonlySet<Layer> = new Set(['identity', 'boundary', 'session', 'kms-identity']);
