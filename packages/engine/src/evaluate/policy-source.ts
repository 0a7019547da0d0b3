import type { Observed } from '@denyscope/model';
import type { CompiledPolicy } from '../compile/policy.ts';

/** A document of a layer, with the name under which answers cite it. */
export interface PolicySource {
  readonly document: string;
  readonly attachedTo: string;
  readonly policy: Observed<CompiledPolicy>;
  /** Where it could not be read: it is assumed to deny nothing, and the answer says so. */
  readonly isSparing?: boolean | undefined;
  /** AWS (E): in the policy of a gateway endpoint an account's name stands for its root user alone. */
  readonly accountMeansRoot?: boolean | undefined;
}
