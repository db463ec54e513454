/** The messages of a dialog: drawn once, then only what changed is drawn again in its place. */

import { attachmentViews, isBare } from "./attachments.js";
import { buttonRows } from "./buttons.js";
import { carousel } from "./carousel.js";
import { el, icon } from "./dom.js";
import { richText } from "./richtext.js";
import { clock, dayKey, dayTitle, isoTime, kindName, moment } from "./words.js";

const ONE_BREATH_S = 300;

/**
 * The message list. `names` is {own, peer, peerAvatar()}; `onPress(place, key, action)` hears the inline
 * buttons.
 */
export class MessageList {
  constructor(box, { names, onPress }) {
    Object.assign(this, { box, names, onPress });
    this.views = new Map();
    this.nodes = new Map();
    this.drawn = new Map();
    this.days = new Map();
    box.replaceChildren();
  }

  get size() {
    return this.views.size;
  }

  /** The cmid of the newest message of which `trait` is true, 0 where there is none. */
  newestOf(trait) {
    return Math.max(0, ...[...this.views.values()].filter((view) => view[trait]).map((view) => view.cmid));
  }

  /** Takes the views that came; with `whole` those that did not come are gone. True if anything changed. */
  update(views, whole) {
    if (whole) this.views.clear();
    for (const view of views) this.views.set(view.cmid, view);
    const ordered = [...this.views.values()].sort((a, b) => a.cmid - b.cmid);
    let changed = this.nodes.size > ordered.length;
    const wanted = [];
    ordered.forEach((view, index) => {
      const before = ordered[index - 1];
      if (!before || dayKey(before.date) !== dayKey(view.date)) wanted.push(this.day(view.date));
      changed = this.draw(view, follows(view, before)) || changed;
      wanted.push(this.nodes.get(view.cmid));
    });
    this.place(wanted);
    return changed;
  }

  /** Draws one message if its picture is not the present one; the focus stays on the same button. */
  draw(view, continues) {
    const quoted = view.reply_to ? this.views.get(view.reply_to) : null;
    const picture = JSON.stringify([view, continues, quoted?.text]);
    if (this.drawn.get(view.cmid) === picture) return false;
    const node = this.message(view, continues, quoted);
    const old = this.nodes.get(view.cmid);
    if (old) {
      const key = old.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      old.replaceWith(node);
      if (key) node.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
    }
    this.nodes.set(view.cmid, node);
    this.drawn.set(view.cmid, picture);
    return true;
  }

  /** Puts the nodes in order, touching only those that stand elsewhere. */
  place(wanted) {
    let cursor = this.box.firstChild;
    for (const node of wanted) {
      if (node === cursor) cursor = cursor.nextSibling;
      else this.box.insertBefore(node, cursor);
    }
    while (cursor) {
      const next = cursor.nextSibling;
      cursor.remove();
      cursor = next;
    }
    const present = new Set(this.views.keys());
    for (const cmid of this.nodes.keys()) {
      if (!present.has(cmid)) this.nodes.delete(cmid) && this.drawn.delete(cmid);
    }
  }

  day(at) {
    const key = dayKey(at);
    if (!this.days.has(key)) this.days.set(key, el("div", { class: "day" }, el("span")));
    const node = this.days.get(key);
    const title = dayTitle(at);
    if (node.textContent !== title) node.firstChild.textContent = title;
    return node;
  }

  message(view, continues, quoted) {
    const side = view.out ? "theirs" : "own";
    const author = view.out ? this.names.peer : this.names.own;
    return el("article", {
      class: `message ${side}${continues ? " continues" : ""}`,
      "data-cmid": view.cmid,
      "aria-label": `${author}, ${clock(view.date)}`,
    },
    view.out ? this.names.peerAvatar() : null,
    el("div", { class: "body" }, bubble(view, quoted, this.names), ...this.extras(view)));
  }

  extras(view) {
    if (view.deleted) return [];
    const rows = view.keyboard?.buttons ?? [];
    return [
      view.carousel ? carousel(view.carousel, view.cmid, this.onPress) : null,
      rows.length ? el("div", { class: "inline-keyboard" }, buttonRows(rows, {
        place: (row, column) => ({ cmid: view.cmid, row, column }),
        onPress: this.onPress,
      })) : null,
    ].filter(Boolean);
  }
}

const follows = (view, before) => Boolean(before) && before.out === view.out
  && view.date - before.date < ONE_BREATH_S && dayKey(view.date) === dayKey(before.date);

/** Text first, then what is attached, the time last; beside the last line of a text where nothing follows. */
function bubble(view, quoted, names) {
  if (view.deleted) return el("div", { class: "bubble deleted" }, line("сообщение удалено", meta(view)));
  const attachments = attached(view);
  const below = [...attachmentViews(attachments), ...(view.forwards ?? []).map(forwarded)];
  const text = view.text ? richText(view.text, view.format) : null;
  return el("div", { class: `bubble ${look(view, attachments)}` },
    quoted ? quote(quoted, names) : null,
    text && below.length ? line(text) : null,
    below,
    text && !below.length ? line(text, meta(view)) : line(meta(view)));
}

const line = (...content) => el("div", { class: "text" }, content);

/** Stickers stand without a bubble, pictures alone with a thin one. */
function look(view, attachments) {
  if (view.text || !attachments.length) return "";
  if (attachments.every(isBare)) return "bare";
  return attachments.every((one) => one.type === "photo") ? "pictures" : "";
}

/** A place on the map stands beside the attachments in VK's messages, and among them for a reader. */
const attached = (view) => [...(view.attachments ?? []), ...(view.geo ? [{ type: "geo", geo: view.geo }] : [])];

function quote(quoted, names) {
  const said = quoted.deleted ? "сообщение удалено" : quoted.text || kindName(attached(quoted)[0]?.type);
  return el("blockquote", {}, el("b", {}, quoted.out ? names.peer : names.own), el("span", {}, said));
}

const forwarded = (message) => el("blockquote", {}, el("b", {}, "Пересланное сообщение"),
  message.text ? el("span", {}, message.text) : null, ...attachmentViews(message.attachments ?? []));

/** When it was said, whether it was edited, and for the person's own words whether they were read. */
function meta(view) {
  const edited = view.edited_at && !view.deleted
    ? el("span", { class: "edited", title: `Изменено ${moment(view.edited_at)}` }, "изм.") : null;
  const tick = view.out || view.deleted ? null
    : el("span", { class: "tick", title: view.read ? "Прочитано" : "Отправлено" }, icon(view.read ? "read" : "sent"));
  return el("span", { class: "meta" }, edited,
    el("time", { datetime: isoTime(view.date), title: moment(view.date) }, clock(view.date)), tick);
}
