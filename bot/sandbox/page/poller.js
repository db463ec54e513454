/** Following one dialog: long poll while the tab is seen, patient retries while the server is away. */

import * as api from "./api.js";

const WAIT_S = 25;
const HIDDEN_PAUSE_MS = 2000;
const RETRY_MS = [300, 600, 1200, 2400];

/**
 * Calls `onState(state, whole)` for each state of the dialog until stopped, `whole` being true for the first
 * one and after a break; `onLink(true|false)` when the connection comes and goes; `onGone()` if the person
 * does not exist.
 *
 * A browser keeps six connections to a host, shared by its tabs. So a tab that nobody sees asks every two
 * seconds instead of holding one.
 */
export class Poller {
  constructor(id, { onState, onLink, onGone }) {
    Object.assign(this, { id, onState, onLink, onGone });
    this.stopped = false;
    this.revision = undefined;
    this.onVisibility = () => {
      this.current?.abort();
      this.wake?.();
    };
    document.addEventListener("visibilitychange", this.onVisibility);
    this.follow();
  }

  stop() {
    this.stopped = true;
    document.removeEventListener("visibilitychange", this.onVisibility);
    this.current?.abort();
    this.wake?.();
  }

  /** The whole state now, beside the running poll. */
  async refresh() {
    this.accept(await api.dialog(this.id), false);
  }

  async follow() {
    let failures = 0;
    while (!this.stopped) {
      try {
        await this.ask();
        if (failures) this.onLink(true);
        failures = 0;
        if (document.hidden) await this.pause(HIDDEN_PAUSE_MS);
      } catch (error) {
        if (error.name === "AbortError") continue;
        if (error instanceof api.Gone) return void (this.stopped || this.onGone());
        this.revision = undefined;
        if (!this.stopped) this.onLink(false);
        await this.pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
        failures += 1;
      }
    }
  }

  async ask() {
    this.current = new AbortController();
    const after = this.revision;
    const waitS = document.hidden ? 0 : WAIT_S;
    const state = await api.dialog(this.id, { after, waitS, signal: this.current.signal });
    const restarted = after !== undefined && state.revision < after;
    this.revision = restarted ? undefined : state.revision;
    if (!restarted) this.accept(state, after === undefined);
  }

  /** Two requests may overtake each other: an older state never replaces a newer one. */
  accept(state, whole) {
    if (this.stopped || (!whole && state.revision < this.newest)) return;
    this.newest = state.revision;
    this.onState(state, whole);
  }

  /** Ends early when the tab is shown, hidden or done with. */
  pause(ms) {
    return new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, ms);
    });
  }
}
