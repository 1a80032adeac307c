import type { Author } from "./author.ts";
import type { CrdtContract, NewName } from "../shared/crdt/contract.ts";
import type { Write } from "./row_history.ts";
import type { Sent } from "./subject.ts";

/** What an author's unanswered writes, of which there is one at least, are under another id. */
export function renamed<C, Message, Row, Change>(
  type: CrdtContract<C, Message, Row, Change>,
  { unanswered }: Author<Message, Row, Change>,
  to: NewName,
): Write<Message, Change>[] {
  const rename = type.rename(to);
  const kept = unanswered[0]!.dot.counter - 1;
  const news = new Map<Sent<Message>, Sent<Message>>();
  return unanswered.map(({ sent, changes, dot }, i) => {
    const again = changes.flatMap(([key, change], at) => {
      const was = { actor: dot.actor, counter: dot.counter + at };
      return rename(key, restamped(type, change, to), was, kept);
    });
    const message = type.message(again);
    const seen = new Set([...sent.seen].map((one) => news.get(one) ?? one));
    const renewed = { message, actor: to.actor, seen };
    news.set(sent, renewed);
    const counter = (i + 1) * 1_000;
    return {
      sent: renewed,
      changes: again,
      dot: { actor: to.actor, counter },
    };
  });
}

function restamped<C, Message, Row, Change>(
  type: CrdtContract<C, Message, Row, Change>,
  change: Change,
  { actor, now }: NewName,
): Change {
  return type.stampOf(change)
    ? type.restamp(change, { timestamp: now(), nodeId: actor })
    : change;
}
