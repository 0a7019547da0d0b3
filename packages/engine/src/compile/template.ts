import type { Leg } from '@denyscope/model';
import { literalGlob, parseGlob, type Glob } from './glob.ts';

/** One part of a text in a policy: as written, literal by escape (`${*}`), or a policy variable. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'literal'; readonly text: string }
  | VariablePiece;

/** A key of the request's context; `leg` says whose, where the value is open. */
export interface VariablePiece {
  readonly kind: 'variable';
  readonly key: string;
  readonly fallback: string | undefined;
  readonly leg?: Leg | undefined;
}

/** A text in a policy, with its variables found: semantics.md A.6. */
export interface Template {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly hasVariables: boolean;
}

/** Reads a text; only Version `2012-10-17` has variables (AWS: I-VAR), elsewhere `${…}` is plain text. */
export function parseTemplate(text: string, substitutes: boolean): Template {
  const pieces: Piece[] = [];
  let plain = 0;
  let at = substitutes ? text.indexOf('${') : -1;
  while (at >= 0) {
    const found = variableAt(text, at);
    if (found) {
      if (at > plain) pieces.push({ kind: 'text', text: text.slice(plain, at) });
      pieces.push(found.piece);
      plain = found.end;
    }
    at = text.indexOf('${', found?.end ?? at + 2);
  }
  if (plain < text.length) pieces.push({ kind: 'text', text: text.slice(plain) });
  return { text, pieces, hasVariables: pieces.some((piece) => piece.kind === 'variable') };
}

interface Found {
  readonly piece: Piece;
  readonly end: number;
}

/** `${*}`, `${name}` or `${name, 'default'}`; a default may hold a brace. Undefined for anything else. */
function variableAt(text: string, at: number): Found | undefined {
  const quote = text.indexOf("'", at);
  const brace = text.indexOf('}', at);
  if (brace < 0) return undefined;
  const close = quote >= 0 && quote < brace ? text.indexOf('}', text.indexOf("'", quote + 1)) : brace;
  if (close < brace) return undefined;
  const piece = pieceOf(text.slice(at + 2, close));
  return piece && { piece, end: close + 1 };
}

function pieceOf(body: string): Piece | undefined {
  if (body === '*' || body === '?' || body === '$') return { kind: 'literal', text: body };
  const comma = body.indexOf(',');
  const key = (comma < 0 ? body : body.slice(0, comma)).trim().toLowerCase();
  if (key === '' || /[{}']/.test(key)) return undefined;
  if (comma < 0) return { kind: 'variable', key, fallback: undefined };
  const fallback = unquoted(body.slice(comma + 1).trim());
  return fallback === undefined ? undefined : { kind: 'variable', key, fallback };
}

function unquoted(text: string): string | undefined {
  return text.length >= 2 && text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : undefined;
}

/** What a variable stands for in one request. */
export type VariableValue =
  | { readonly kind: 'known'; readonly text: string }
  | { readonly kind: 'absent' }
  /** The value is `prefix` followed by that of the open `key`. */
  | { readonly kind: 'open'; readonly leg: Leg; readonly key: string; readonly prefix: string }
  | { readonly kind: 'unreadable'; readonly document: string; readonly reason: string };

/** A template with the values that a request gives its variables. */
export type Resolved =
  | { readonly kind: 'known'; readonly template: Template }
  /** A variable without a value kills its entry. */
  | { readonly kind: 'dead' }
  | { readonly kind: 'open'; readonly template: Template }
  | Extract<VariableValue, { kind: 'unreadable' }>;

/** Puts in the values that `valueOf` knows; substituted text is literal (semantics.md A.6). */
export function resolveTemplate(
  template: Template,
  valueOf: (variable: VariablePiece) => VariableValue,
): Resolved {
  if (!template.hasVariables) return { kind: 'known', template };
  const values = template.pieces.map((piece) => (piece.kind === 'variable' ? valueOf(piece) : undefined));
  const pieces = template.pieces.map((piece, at) => filledIn(piece, values[at]));
  if (pieces.includes(undefined)) return { kind: 'dead' };
  const hidden = values.find((value) => value?.kind === 'unreadable');
  if (hidden) return hidden;
  return templateOf(pieces.flatMap((piece) => piece ?? []));
}

/** The pieces that stand in a variable's place; undefined where it has no value. */
function filledIn(piece: Piece, value: VariableValue | undefined): readonly Piece[] | undefined {
  if (piece.kind !== 'variable' || !value) return [piece];
  switch (value.kind) {
    case 'known':
      return [{ kind: 'literal', text: value.text }];
    case 'absent':
      return piece.fallback === undefined ? undefined : [{ kind: 'literal', text: piece.fallback }];
    case 'open': {
      const { key, leg, prefix } = value;
      const variable = { kind: 'variable', key, leg, fallback: piece.fallback } as const;
      return prefix === '' ? [variable] : [{ kind: 'literal', text: prefix }, variable];
    }
    case 'unreadable':
      return [piece];
  }
}

function templateOf(pieces: readonly Piece[]): Resolved {
  const hasVariables = pieces.some((piece) => piece.kind === 'variable');
  const template = { text: pieces.map(pieceText).join(''), pieces, hasVariables };
  return { kind: hasVariables ? 'open' : 'known', template };
}

function pieceText(piece: Piece): string {
  switch (piece.kind) {
    case 'variable':
      return piece.fallback === undefined ? `\${${piece.key}}` : `\${${piece.key}, '${piece.fallback}'}`;
    case 'text':
      return piece.text.replaceAll('${', '${$}{');
    case 'literal':
      return piece.text.replaceAll(/[*?]|\$(?=\{)/g, (char) => `\${${char}}`);
  }
}

/** The template as a glob: wildcards as written, all else literal. Variables must be resolved. */
export function templateGlob(template: Template): Glob {
  const tokens = template.pieces.flatMap((piece) =>
    piece.kind === 'text' ? parseGlob(piece.text) : piece.kind === 'literal' ? literalGlob(piece.text) : [],
  );
  return tokens.filter((token, at) => !(token.kind === 'star' && tokens[at - 1]?.kind === 'star'));
}

/** The template as plain text, for operators without wildcards. Variables must be resolved. */
export function templateText(template: Template): string {
  return template.pieces.map((piece) => (piece.kind === 'variable' ? '' : piece.text)).join('');
}
