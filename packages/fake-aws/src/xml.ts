import { isMembers } from './value.ts';

/** What an element holds: text, elements by their name, or a list of elements of one name. */
export type Xml = string | number | boolean | undefined | readonly Xml[] | XmlElement;

/** Elements by name; a name that begins with `@` is an attribute, and `#text` is text between the elements. */
export interface XmlElement {
  readonly [name: string]: Xml;
}

/** How a service spells the members of AWS's shapes in XML. */
export interface Dialect {
  readonly nameOf: (member: string) => string;
  /** The element of a list, and of each item inside it; without `item` the list is flat: its element repeats. */
  readonly listOf: (member: string) => { readonly element: string; readonly item?: string };
}

/** A value of AWS's shape, in a service's XML. */
export function xmlOf(value: unknown, dialect: Dialect): Xml {
  if (Array.isArray(value)) return value.map((item) => xmlOf(item, dialect));
  if (isMembers(value)) {
    return Object.fromEntries(Object.entries(value).map((entry) => memberXml(entry, dialect)));
  }
  return isScalar(value) ? value : undefined;
}

function memberXml([member, value]: readonly [string, unknown], dialect: Dialect): readonly [string, Xml] {
  if (!Array.isArray(value)) return [dialect.nameOf(member), xmlOf(value, dialect)];
  const { element, item } = dialect.listOf(member);
  const items = value.map((one) => xmlOf(one, dialect));
  return [element, item === undefined ? items : { [item]: items }];
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** A document with one root element. */
export function xmlDocument(root: string, content: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeElement(root, content)}`;
}

function writeElement(name: string, content: Xml): string {
  if (name === '#text') return typeof content === 'string' ? escapeText(content) : '';
  if (content === undefined || !isName(name)) return '';
  if (isXmlList(content)) return content.map((item) => writeElement(name, item)).join('');
  if (typeof content !== 'object') return `<${name}>${escapeText(String(content))}</${name}>`;
  const members = Object.entries(content);
  const attributes = members.filter(([key]) => key.startsWith('@')).map(writeAttribute);
  const children = members.map(([key, inner]) => writeElement(key, inner));
  return `<${name}${attributes.join('')}>${children.join('')}</${name}>`;
}

function isXmlList(content: Xml): content is readonly Xml[] {
  return Array.isArray(content);
}

/** Members of a snapshot may be called anything: what cannot name an element is left out. */
function isName(name: string): boolean {
  return /^[A-Za-z_][\w.-]*$/.test(name);
}

function writeAttribute([key, value]: readonly [string, Xml]): string {
  return typeof value === 'string' ? ` ${key.slice(1)}="${escapeText(value)}"` : '';
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A parser turns a bare carriage return into a line feed.
  '\r': '&#xD;',
};

/** Text as XML may carry it: what XML 1.0 cannot say at all becomes the replacement character. */
function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"\r]/g, (character) => ESCAPES[character] ?? character);
}
