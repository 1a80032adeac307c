import type { TabChannelMaker } from "../tab_channel.ts";

/**
 * The tabs of one store by the BroadcastChannel API. Without it a tab is alone,
 * and without locks too: it could not tell a tab that lives from one that ended.
 */
export function broadcastTabs(store: string): TabChannelMaker {
  return (on) => {
    let channel = navigator.locks && globalThis.BroadcastChannel
      ? new BroadcastChannel(store)
      : null;
    channel?.addEventListener("message", ({ data }) => on(data));
    return {
      tell: (hint) => channel?.postMessage(hint),
      close() {
        channel?.close();
        channel = null;
      },
    };
  };
}
