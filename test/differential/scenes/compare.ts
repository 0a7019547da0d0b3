import { decideS3 } from '@denyscope/engine';
import { judgeS3 } from '@denyscope/spec';
import type { Scene } from './scene.ts';
import { toEngine } from './to-engine.ts';
import { toSpec } from './to-spec.ts';

/** What a table came to: how many scenes, how many of them allowed, and the first on which the two sides part. */
export interface Comparison {
  readonly scenes: number;
  readonly allowed: number;
  readonly parted: unknown;
}

/** The engine against the specification, scene by scene. */
export function compare(scenes: readonly Scene[]): Comparison {
  let allowed = 0;
  for (const scene of scenes) {
    const { verdict, because } = judgeS3(toSpec(scene));
    const decision = decideS3(toEngine(scene));
    const engine = answerOf(decision);
    if (engine !== verdict) {
      const blockers = decision.blockers.map(
        ({ leg, layer, explicit }) => `${leg} ${layer}${explicit ? '!' : ''}`,
      );
      return {
        scenes: scenes.length,
        allowed,
        parted: { scene, engine, blockers, spec: verdict, because, condition: decision.conditionText },
      };
    }
    if (verdict === 'Allowed') allowed += 1;
  }
  return { scenes: scenes.length, allowed, parted: undefined };
}

/** AWS's words: an explicit Deny anywhere makes the denial explicit. */
function answerOf({ verdict, blockers }: ReturnType<typeof decideS3>): string {
  if (verdict === 'allowed') return 'Allowed';
  if (verdict !== 'denied') return verdict;
  return blockers.some(({ explicit }) => explicit) ? 'ExplicitlyDenied' : 'ImplicitlyDenied';
}
