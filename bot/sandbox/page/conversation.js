/** The open dialog of one person: what the server tells goes to the screen, what the person does to the server. */

import * as api from "./api.js";
import { buttonRows, Waiting } from "./buttons.js";
import { byId, el, icon, outerLink, safeUrl } from "./dom.js";
import { MessageList } from "./messages.js";
import { fullName } from "./people.js";
import { Poller } from "./poller.js";
import { snackbar } from "./snackbars.js";
import { initials } from "./words.js";

const NEAR_END_PX = 120;
const TYPING_MS = 10_000;
const GONE = { deleted: "Страница удалена", banned: "Страница заблокирована" };
const PRESSABLE = new Set(["text", "callback", "location"]);
const START = { text: "Начать", payload: { command: "start" } };

export class Conversation {
  /** `entry` is {ref?, ref_source?} of the link the dialog was opened by; `onChange` hears of each news. */
  constructor(person, group, { entry, onChange, onEntryUsed, onGone }) {
    Object.assign(this, { person, group, entry, onChange, onEntryUsed });
    this.seen = null;
    this.sticks = true;
    this.lastTop = 0;
    this.readTo = 0;
    this.state = null;
    this.foldedKey = `folded:${person.id}`;
    this.waiting = new Waiting(byId("conversation"));
    this.list = new MessageList(byId("messages"), {
      names: { own: fullName(person), peer: group.name, peerAvatar: () => groupAvatar(group) },
      onPress: (place, key, action) => this.press(place, key, action),
    });
    this.dress();
    this.poller = new Poller(person.id, {
      onState: (state, whole) => this.show(state, whole),
      onLink: (up) => { byId("offline").hidden = up; },
      onGone,
    });
  }

  close() {
    this.poller.stop();
    clearTimeout(this.typingTimer);
    byId("offline").hidden = true;
  }

  dress() {
    byId("peer-avatar").textContent = initials(this.group.name);
    byId("start-avatar").textContent = initials(this.group.name);
    byId("peer-name").textContent = this.group.name;
    byId("start-name").textContent = this.group.name;
    byId("start").hidden = true;
    byId("typing").hidden = true;
    byId("keyboard").hidden = true;
    byId("fold").hidden = true;
    this.keyboardShown = "";
    this.notices();
    this.header();
  }

  show(state, whole) {
    const first = this.state === null;
    this.state = state;
    byId("offline").hidden = true;
    const grew = this.list.update(state.messages, whole);
    byId("start").hidden = this.list.size > 0;
    this.typing(state.typing);
    this.waiting.settle(state.pending);
    this.keyboard(state.keyboard);
    this.header();
    this.notices();
    this.news(state, first);
    this.read();
    if (this.sticks) this.toEnd(first);
    if (grew || first) this.onChange();
  }

  header() {
    const gone = GONE[this.person.deactivated];
    byId("composer").hidden = Boolean(gone);
    byId("start-button").hidden = Boolean(gone);
    const who = gone?.toLowerCase() ?? `вы пишете как ${fullName(this.person)}`;
    byId("peer-state").textContent = byId("typing").hidden ? who : "печатает…";
    byId("start-hint").textContent = gone ? `${gone}: написать с неё нельзя.` : this.entry.ref
      ? `Вы открыли диалог по ссылке с меткой «${this.entry.ref}». Нажмите «Начать», чтобы написать сообществу.`
      : "Здесь пока нет сообщений. Нажмите «Начать», чтобы написать сообществу.";
  }

  /** The server says when the bot begins to type; that it ended is known by the time alone. */
  typing(now) {
    clearTimeout(this.typingTimer);
    byId("typing").hidden = !now;
    if (!now) return;
    this.typingTimer = setTimeout(() => {
      this.typing(false);
      this.header();
    }, TYPING_MS);
  }

  /** What stands above the input: denied messages, a link's ref that waits for the first message. */
  notices() {
    const talked = this.list.size > 0;
    const items = [];
    if (talked && this.state && !this.state.allowed) {
      const denied = "Сообщения от сообщества запрещены: бот не может вам написать.";
      items.push([denied, "Разрешить", () => this.permit(true)]);
    }
    if (talked && this.entry.ref) {
      items.push([`Метка «${this.entry.ref}» уйдёт с вашим следующим сообщением.`, "Убрать", () => this.useEntry()]);
    }
    const box = byId("notices");
    const key = JSON.stringify(items);
    if (box.dataset.shown === key) return;
    box.dataset.shown = key;
    box.replaceChildren(...items.map(([text, label, act]) => el("p", {}, el("span", {}, text),
      el("button", { type: "button", class: "quiet", onclick: act }, label))));
  }

  keyboard(keyboard) {
    const rows = keyboard?.buttons ?? [];
    const folded = sessionStorage.getItem(this.foldedKey) === "1";
    byId("fold").hidden = !rows.length;
    byId("fold").setAttribute("aria-expanded", String(!folded));
    byId("keyboard").hidden = !rows.length || folded;
    const now = JSON.stringify(rows);
    if (now === this.keyboardShown) return;
    this.keyboardShown = now;
    byId("keyboard").replaceChildren(...buttonRows(rows, {
      place: (row, column) => ({ row, column }),
      onPress: (place, key, action) => this.press(place, key, action),
    }));
  }

  foldKeyboard() {
    const folded = sessionStorage.getItem(this.foldedKey) === "1";
    sessionStorage.setItem(this.foldedKey, folded ? "0" : "1");
    this.keyboard(this.state?.keyboard);
  }

  /** Whoever has the dialog before their eyes has read it; a tab behind others is read when it is shown. */
  read() {
    const newest = this.list.newestOf("out");
    if (document.hidden || newest <= this.readTo) return;
    this.readTo = newest;
    api.read(this.person.id).catch(() => { this.readTo = 0; });
  }

  /** Snackbars and opened links that came since the last look; those from before the page was opened are old. */
  news(state, first) {
    const arrived = [...(state.snackbars ?? []).map((one) => [`s${one.id}`, one]),
      ...(state.links ?? []).map((one) => [`l${one.id}`, one])];
    const fresh = this.seen === null || first ? [] : arrived.filter(([key]) => !this.seen.has(key));
    this.seen = new Set(arrived.map(([key]) => key));
    for (const [, { text, url }] of fresh) {
      if (text) snackbar(text);
      else if (safeUrl(url)) snackbar("Бот открывает ссылку", outerLink(url, {}, new URL(url, location.href).hostname));
    }
  }

  async send(message) {
    const { ref, ref_source: source } = this.entry;
    await api.write(this.person.id, ref ? { ...message, ref, ...(source ? { ref_source: source } : {}) } : message);
    if (ref) this.useEntry();
    await this.refreshed();
    this.toEnd();
  }

  useEntry() {
    this.entry = {};
    this.onEntryUsed();
    this.notices();
    this.header();
  }

  start() {
    return this.trying(() => this.send(START));
  }

  permit(allowed) {
    return this.trying(async () => {
      await api.permit(this.person.id, allowed);
      await this.refreshed();
      this.onChange();
    });
  }

  async press(place, key, action) {
    if (this.waiting.has(key)) return;
    if (PRESSABLE.has(action.type)) await this.trying(() => this.pressed(place, key, action.type));
    else snackbar("Такая кнопка работает только в самом ВКонтакте");
  }

  async pressed(place, key, type) {
    if (type === "callback") this.waiting.start(key);
    try {
      const answer = await api.press(this.person.id, place);
      if (answer.event_id) this.waiting.bind(key, answer.event_id);
    } catch (error) {
      this.waiting.stop(key);
      throw error;
    }
    await this.refreshed();
    if (type !== "callback") this.toEnd();
  }

  /** The whole state after an act of the person; if just this fails, the poll brings it a little later. */
  async refreshed() {
    try {
      await this.poller.refresh();
    } catch (error) {
      if (!(error instanceof api.Unreachable)) throw error;
    }
  }

  async trying(act) {
    try {
      await act();
    } catch (error) {
      snackbar(`Не получилось: ${error.message}`);
    }
  }

  isAtEnd() {
    const scroll = byId("scroll");
    return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END_PX;
  }

  /** Whoever scrolled up reads there in peace; at the end one stays at the end. */
  scrolled() {
    const { scrollTop } = byId("scroll");
    if (this.isAtEnd()) this.sticks = true;
    else if (scrollTop < this.lastTop) this.sticks = false;
    this.lastTop = scrollTop;
    byId("to-end").hidden = this.sticks;
  }

  /** The view or what stands in it changed its height: a picture loaded, the keyboard folded, a line more. */
  resized() {
    if (this.sticks) this.toEnd(true);
  }

  toEnd(atOnce = false) {
    const scroll = byId("scroll");
    this.sticks = true;
    scroll.scrollTo({ top: scroll.scrollHeight, behavior: atOnce ? "instant" : "smooth" });
  }
}

export const groupAvatar = (group) =>
  el("span", { class: "avatar community", "aria-hidden": "true" }, initials(group.name));
