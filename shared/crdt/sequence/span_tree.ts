/**
 * Spans in their order, found by how many elements stand before them: a tree
 * whose nodes know how much is below (Comer, "The Ubiquitous B-Tree", 1979), and
 * whose spans know where they hang.
 *
 * @module
 */

/** So many a node may have below it. */
const WIDTH = 32;

/** Elements that lie side by side, all there or all gone. */
export interface Span<Self extends Span<Self>> {
  /** How many of them count. */
  live: number;
  /** How many UTF-16 units those have, where they are text. */
  units: number;
  /** Where it hangs; `null` outside of a tree. */
  leaf: Node<Self> | null;
}

/** A node has spans below it, or nodes. */
interface Node<S extends Span<S>> {
  parent: Node<S> | null;
  live: number;
  units: number;
  readonly spans: S[];
  readonly nodes: Node<S>[];
}

function emptyNode<S extends Span<S>>(): Node<S> {
  return { parent: null, live: 0, units: 0, spans: [], nodes: [] };
}

/** What elements are counted in. */
export type Measure = "live" | "units";

/** Spans in their order. */
export class SpanTree<S extends Span<S>> {
  #root: Node<S> = emptyNode();

  /** How many elements there are. */
  get live(): number {
    return this.#root.live;
  }

  /** How many UTF-16 units they have. */
  get units(): number {
    return this.#root.units;
  }

  /** Puts a span behind another, or before all. */
  insertAfter(before: S | null, span: S): void {
    const leaf = before ? before.leaf! : edge(this.#root, 0);
    const at = before ? leaf.spans.indexOf(before) + 1 : 0;
    leaf.spans.splice(at, 0, span);
    span.leaf = leaf;
    add(leaf, span.live, span.units);
    if (leaf.spans.length > WIDTH) this.#split(leaf);
  }

  /** Takes a span out. */
  remove(span: S): void {
    const leaf = span.leaf!;
    leaf.spans.splice(leaf.spans.indexOf(span), 1);
    span.leaf = null;
    add(leaf, -span.live, -span.units);
    if (leaf.spans.length === 0) this.#drop(leaf);
  }

  /** Changes how much a span counts for. */
  resize(span: S, live: number, units: number): void {
    add(span.leaf!, live - span.live, units - span.units);
    span.live = live;
    span.units = units;
  }

  /** The span that holds what so many elements stand before, and how many of its own do. */
  find(
    count: number,
    by: Measure,
  ): { readonly span: S; readonly offset: number } | null {
    if (count >= this.#root[by]) return null;
    let node = this.#root;
    let left = count;
    while (node.nodes.length > 0) {
      let i = 0;
      while (left >= node.nodes[i]![by]) left -= node.nodes[i++]![by];
      node = node.nodes[i]!;
    }
    let i = 0;
    while (left >= node.spans[i]![by]) left -= node.spans[i++]![by];
    return { span: node.spans[i]!, offset: left };
  }

  /** How many elements stand before a span. */
  countBefore(span: S, by: Measure): number {
    let node = span.leaf!;
    let count = sumBefore(node.spans, span, by);
    for (; node.parent; node = node.parent) {
      count += sumBefore(node.parent.nodes, node, by);
    }
    return count;
  }

  /** The span behind another, or the first. */
  after(span: S | null): S | null {
    return span ? beside(span, 1) : edge(this.#root, 0).spans[0] ?? null;
  }

  /** The span before another, or `null`. */
  before(span: S): S | null {
    return beside(span, -1);
  }

  /** All spans in their order. */
  *all(): Iterable<S> {
    yield* spansOf(this.#root);
  }

  #split(full: Node<S>): void {
    const half: Node<S> = {
      ...emptyNode<S>(),
      spans: full.spans.splice(full.spans.length >> 1),
      nodes: full.nodes.splice(full.nodes.length >> 1),
    };
    for (const span of half.spans) span.leaf = half;
    for (const node of half.nodes) node.parent = half;
    for (const { live, units } of [...half.spans, ...half.nodes]) {
      half.live += live;
      half.units += units;
    }
    full.live -= half.live;
    full.units -= half.units;
    const above = full.parent ?? this.#above(full, half);
    half.parent = above;
    above.nodes.splice(above.nodes.indexOf(full) + 1, 0, half);
    if (above.nodes.length > WIDTH) this.#split(above);
  }

  /** A new root over what was it, which has lost a half. */
  #above(root: Node<S>, { live, units }: Node<S>): Node<S> {
    this.#root = {
      ...emptyNode<S>(),
      live: root.live + live,
      units: root.units + units,
      nodes: [root],
    };
    return root.parent = this.#root;
  }

  /** Takes an empty node out, and those above that are empty without it. */
  #drop(empty: Node<S>): void {
    const { parent } = empty;
    if (parent === null) return void (this.#root = emptyNode());
    parent.nodes.splice(parent.nodes.indexOf(empty), 1);
    if (parent.nodes.length === 0) this.#drop(parent);
  }
}

function add<S extends Span<S>>(from: Node<S>, live: number, units: number) {
  for (let node: Node<S> | null = from; node; node = node.parent) {
    node.live += live;
    node.units += units;
  }
}

function sumBefore<T extends Record<Measure, number>>(
  all: readonly T[],
  one: T,
  by: Measure,
): number {
  let sum = 0;
  for (const other of all) {
    if (other === one) break;
    sum += other[by];
  }
  return sum;
}

/** The leaf at one end of what is below a node. */
function edge<S extends Span<S>>(from: Node<S>, at: 0 | -1): Node<S> {
  let node = from;
  while (node.nodes.length > 0) node = node.nodes.at(at)!;
  return node;
}

function beside<S extends Span<S>>(span: S, way: 1 | -1): S | null {
  const leaf = span.leaf!;
  const next = leaf.spans[leaf.spans.indexOf(span) + way];
  if (next) return next;
  for (let node = leaf; node.parent; node = node.parent) {
    const { nodes } = node.parent;
    const other = nodes[nodes.indexOf(node) + way];
    const at = way === 1 ? 0 : -1;
    if (other) return edge(other, at).spans.at(at)!;
  }
  return null;
}

function* spansOf<S extends Span<S>>({ spans, nodes }: Node<S>): Iterable<S> {
  yield* spans;
  for (const node of nodes) yield* spansOf(node);
}
