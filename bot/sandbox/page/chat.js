/** The page as a whole: whose dialog the address names, the list of people, the menus. */

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { byId, icon } from "./dom.js";
import { CastList, fullName } from "./people.js";
import { snackbar } from "./snackbars.js";
import { ask, menuUnder } from "./windows.js";
import { initials } from "./words.js";

const CAST_EVERY_MS = 1500;

const cast = new CastList(byId("people"));
let known = { people: [], group: { name: "Сообщество" } };
let conversation = null;
let castTimer = 0;

const composer = new Composer(async (personId, message) => {
  if (conversation?.person.id === personId) await conversation.send(message);
  else await api.write(personId, message);
});

/** `#101?ref=scratch&ref_source=poster` is person 101 who came by a link with that ref. */
function address() {
  const [id, query] = location.hash.slice(1).split("?");
  const given = new URLSearchParams(query ?? "");
  const entry = {};
  for (const name of ["ref", "ref_source"]) {
    if (given.get(name)) entry[name] = given.get(name);
  }
  return { id: /^\d+$/u.test(id) ? Number(id) : null, entry };
}

async function refreshCast() {
  clearTimeout(castTimer);
  try {
    known = await api.people();
    drawCast();
    route();
  } catch (error) {
    if (!(error instanceof api.Unreachable)) throw error;
    if (!conversation) byId("choose").textContent = "Нет связи с песочницей, пробуем снова…";
  } finally {
    clearTimeout(castTimer);
    castTimer = setTimeout(refreshCast, CAST_EVERY_MS);
  }
}

function drawCast() {
  byId("group-name").textContent = known.group.name;
  byId("group-avatar").textContent = initials(known.group.name);
  byId("choose").textContent = "Выберите человека, чтобы открыть его диалог с сообществом";
  cast.render(known.people, address().id);
  const unread = known.people.reduce((sum, person) => sum + person.unread, 0);
  const open = conversation ? `${fullName(conversation.person)} · ` : "";
  document.title = `${unread ? `(${unread}) ` : ""}${open}${known.group.name}`;
}

/** Opens the dialog that the address names, unless it is open already. */
function route() {
  const { id, entry } = address();
  const person = known.people.find((one) => one.id === id);
  if (conversation && conversation.person.id === id && person && !entry.ref) return;
  if (!person) return leave(id);
  if (conversation?.person.id === id && conversation.entry.ref === entry.ref) return;
  conversation?.close();
  byId("conversation").hidden = false;
  byId("choose").hidden = true;
  document.body.dataset.screen = "dialog";
  conversation = new Conversation(person, known.group, {
    entry,
    onChange: refreshCast,
    onEntryUsed: () => history.replaceState(null, "", `#${id}`),
    onGone: () => { location.hash = ""; },
  });
  composer.turnTo(id);
  drawCast();
  if (matchMedia("(pointer: fine)").matches) byId("text").focus();
}

function leave(id) {
  conversation?.close();
  conversation = null;
  byId("conversation").hidden = true;
  byId("choose").hidden = false;
  document.body.dataset.screen = "cast";
  if (id !== null && known.people.length) snackbar("Такого человека в песочнице нет");
  if (id !== null && known.people.length) history.replaceState(null, "", location.pathname);
  drawCast();
}

async function openByLink() {
  const answer = await ask("Открыть по ссылке", [
    { name: "ref", label: "Метка (ref)", placeholder: "scratch", required: true, maxlength: 255 },
    { name: "ref_source", label: "Источник (ref_source, необязательно)", maxlength: 255 },
  ], "Открыть");
  if (!answer) return;
  const query = new URLSearchParams({ ref: answer.ref });
  if (answer.ref_source) query.set("ref_source", answer.ref_source);
  location.hash = `#${conversation.person.id}?${query}`;
}

async function addPerson() {
  const name = { required: true, maxlength: 40 };
  const answer = await ask("Новый человек", [
    { name: "first_name", label: "Имя", ...name },
    { name: "last_name", label: "Фамилия", ...name },
    { name: "about", label: "Кто это (необязательно)", maxlength: 80 },
  ], "Добавить");
  if (!answer) return;
  try {
    const person = await api.addPerson(answer);
    await refreshCast();
    location.hash = `#${person.id}`;
  } catch (error) {
    snackbar(`Не получилось: ${error.message}`);
  }
}

function dialogMenu() {
  const allowed = conversation.state?.allowed ?? false;
  return [
    {
      label: allowed ? "Запретить сообщения" : "Разрешить сообщения",
      act: () => conversation.permit(!allowed),
    },
    { label: "Открыть по ссылке (ref)", act: openByLink },
    { label: "Открыть в новой вкладке", act: () => window.open(`/#${conversation.person.id}`, "_blank", "noopener") },
  ];
}

byId("back").append(icon("back"));
byId("to-end").append(icon("down"));
byId("fold").append(icon("keyboard"));
byId("dialog-menu").append(icon("more"));
byId("start-button").addEventListener("click", () => conversation.start());
byId("fold").addEventListener("click", () => conversation.foldKeyboard());
byId("to-end").addEventListener("click", () => conversation.toEnd());
byId("scroll").addEventListener("scroll", () => conversation?.scrolled(), { passive: true });
const sizes = new ResizeObserver(() => conversation?.resized());
sizes.observe(byId("scroll"));
sizes.observe(byId("messages"));
byId("add-person").addEventListener("click", addPerson);
menuUnder(byId("dialog-menu"), dialogMenu);
addEventListener("hashchange", route);
refreshCast();
