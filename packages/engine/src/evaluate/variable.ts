import { resolveTemplate, type Resolved, type Template, type VariableValue } from '../compile/template.ts';
import type { Expressions, Node } from '../expression/expressions.ts';
import type { RequestContext } from './context.ts';

/** The template with the variables that the request closes. */
export function resolveIn(template: Template, context: RequestContext): Resolved {
  return resolveTemplate(template, ({ key }) => variableValue(key, context));
}

/** A variable's value in this request; of a multi-valued key there is none (semantics.md A.6). */
function variableValue(key: string, context: RequestContext): VariableValue {
  if (context.isMultiValued(key)) return { kind: 'absent' };
  const state = context.stateOf(key);
  switch (state.kind) {
    case 'absent':
      return state;
    case 'known': {
      const [value] = state.values;
      return value === undefined ? { kind: 'absent' } : { kind: 'known', text: value };
    }
    case 'open':
      return { kind: 'open', leg: state.leg, key, prefix: '' };
    case 'prefixed':
      return { kind: 'open', leg: 's3', key: state.key, prefix: state.prefix };
    case 'unreadable':
      return state;
  }
}

interface Hidden {
  readonly document: string;
  readonly reason: string;
}

/** Unreadable is not open: whether the value that could not be read passes is an opaque fact of its own. */
export function hiddenNode(hidden: Hidden, about: unknown, context: RequestContext, x: Expressions): Node {
  const { document, reason } = hidden;
  const { leg } = context;
  return x.atom({ kind: 'unreadable', leg, document, reason, may: 'matter', about: JSON.stringify(about) });
}
