/**
 * Clients that are switched on and off: one tab ends, or a device with all of
 * its tabs, or the power goes in the middle of a write.
 *
 * @module
 */

import type { Client } from "./client.ts";
import type { Network } from "./network.ts";
import type { Roster } from "./roster.ts";

/** The members of a world, as far as it is about their power. */
export interface Powered extends Roster {
  /** The links that end with a tab. */
  readonly network: Network;
  /** The tabs of a client's browser. */
  tabsOf(name: string): Client[];
}

/** Switches the clients of a world on and off. */
export class Power {
  readonly #world: Powered;

  /** All are as they are. */
  constructor(world: Powered) {
    this.#world = world;
  }

  /**
   * Ends a tab, in the middle of whatever it does; its store stays. Where it
   * loses something, the power is gone, and that is the end of every tab.
   */
  off(client: Client): void {
    const { weather, chance } = this.#world;
    if (weather.tornWrite > 0) {
      const disk = chance.at(`disk of ${client.name}`);
      const isTorn = disk.chance(weather.tornWrite);
      if (isTorn) {
        client.device.disk.tear(1 + disk.below(3));
        this.#endOthers(client);
      }
    }
    this.#end(client);
  }

  /** Switches a device off, with all its tabs; returns those that were on. */
  deviceOff(name: string): Client[] {
    const tabs = this.#world.tabsOf(name).filter(({ isOn }) => isOn);
    for (const tab of tabs) this.off(tab);
    return tabs;
  }

  /** Switches a device off and on again, with all its tabs. */
  restart(name: string): void {
    const tabs = this.#world.tabsOf(name);
    // One that was off already takes up what is stored now, too.
    for (const tab of tabs) this.off(tab);
    for (const tab of tabs) if (!tab.isOn) tab.start();
  }

  /** A tab has died in the middle of a step: it is opened again, as soon as nothing else is done. */
  fell(client: Client): void {
    client.socket = null;
    this.#startLater(client);
  }

  #endOthers(client: Client): void {
    const tabs = this.#world.tabsOf(client.name)
      .filter((tab) => tab !== client && tab.isOn);
    for (const tab of tabs) {
      this.#end(tab);
      this.#startLater(tab);
    }
  }

  #end(client: Client): void {
    client.host.die();
    this.#world.network.sockets.cutOf(client.name);
    client.socket = null;
  }

  #startLater(client: Client): void {
    const { agenda } = this.#world;
    const { life } = client.host;
    agenda.at(agenda.nowMs, () => {
      if (client.host.life === life && !client.isOn) client.start();
    });
  }
}
