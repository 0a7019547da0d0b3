import type { Observed } from '@denyscope/model';
import type { CompiledPolicy } from '../compile/policy.ts';

/** A document of a layer, with the name under which answers cite it. */
export interface PolicySource {
  readonly document: string;
  readonly attachedTo: string;
  readonly policy: Observed<CompiledPolicy>;
}
