/** Where the person writes: the text, the chosen attachments and the menu of what else can be sent. */

import * as api from "./api.js";
import { byId, el, icon } from "./dom.js";
import { snackbar } from "./snackbars.js";
import { ask, menuUnder } from "./windows.js";
import { fileSize, kindName } from "./words.js";

const MAX_ATTACHMENTS = 10;
const PICTURE = /^image\/(?:jpeg|png|gif)$/u;

/** What goes at once and alone, as in VK; the fields are what the sandbox invents the attachment from. */
const AT_ONCE = [
  { label: "Голосовое сообщение", icon: "voice", attachment: { kind: "audio_message", duration: 5 } },
  { label: "Стикер", icon: "sticker", attachment: { kind: "sticker" } },
  { label: "Граффити", icon: "brush", attachment: { kind: "graffiti" } },
  { label: "Запись со стены", icon: "post", attachment: { kind: "wall" } },
  { label: "Опрос", icon: "poll", attachment: { kind: "poll" } },
];

/** `send(message)` writes and returns when it is accepted; it raises what the API raises. */
export class Composer {
  constructor(send) {
    this.send = send;
    this.person = null;
    this.chosen = [];
    this.queue = Promise.resolve();
    this.form = byId("composer");
    this.text = byId("text");
    byId("attach").append(icon("plus"));
    byId("send").append(icon("send"));
    menuUnder(byId("attach"), () => this.menu());
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener("input", () => this.fit());
    this.text.addEventListener("paste", (event) => this.take(event, event.clipboardData?.files));
    const area = this.form.closest("section");
    area.addEventListener("dragover", (event) => event.preventDefault());
    area.addEventListener("drop", (event) => this.take(event, event.dataTransfer?.files));
  }

  /** Turns to another person; what they began to write is still there, also after a reload. */
  turnTo(personId) {
    this.person = personId;
    this.chosen = [];
    this.text.value = sessionStorage.getItem(`draft:${personId}`) ?? "";
    this.fit();
    this.showChosen();
  }

  fit() {
    sessionStorage.setItem(`draft:${this.person}`, this.text.value);
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight}px`;
    this.form.classList.toggle("empty", !this.text.value.trim() && !this.chosen.length);
  }

  /** Messages leave one after another, in the order of Enter. What was refused returns to the field. */
  submit() {
    const text = this.text.value.trim();
    const chosen = this.chosen;
    if (!text && !chosen.length) return;
    const person = this.person;
    this.text.value = "";
    this.chosen = [];
    this.fit();
    this.showChosen();
    this.queue = this.queue.then(async () => {
      try {
        await this.send(person, { text, attachments: chosen.map((one) => one.attachment) });
      } catch (error) {
        this.giveBack(person, text, chosen);
        snackbar(`Не отправлено: ${error.message}`);
      }
    });
  }

  giveBack(person, text, chosen) {
    if (person !== this.person) return void sessionStorage.setItem(`draft:${person}`, text);
    this.text.value = [text, this.text.value].filter(Boolean).join("\n");
    this.chosen = [...chosen, ...this.chosen];
    this.fit();
    this.showChosen();
  }

  menu() {
    return [
      { label: "Фотография", icon: "picture", act: () => this.pick("photo", "image/jpeg,image/png,image/gif") },
      { label: "Документ", icon: "file", act: () => this.pick("doc", "") },
      { label: "Видео", icon: "video", act: () => this.askVideo() },
      { label: "Ссылка", icon: "link", act: () => this.askLink() },
      { label: "Пересланное сообщение", icon: "post", act: () => this.askForwarded() },
      { label: "Местоположение", icon: "place", act: () => this.now({ geo: api.TOMSK }) },
      ...AT_ONCE.map(({ attachment, ...item }) => ({ ...item, act: () => this.invented(attachment) })),
    ];
  }

  pick(kind, accept) {
    const input = el("input", { type: "file", multiple: true, accept: accept || null, onchange: () => {
      for (const file of input.files) this.upload(file, kind);
    } });
    input.click();
  }

  /** Files pasted or dropped: pictures go as photos, the others as documents. */
  take(event, files) {
    if (!files?.length) return;
    event.preventDefault();
    for (const file of files) this.upload(file, PICTURE.test(file.type) ? "photo" : "doc");
  }

  async upload(file, kind) {
    const person = this.person;
    try {
      const attachment = await api.upload(person, file, kind);
      const preview = kind === "photo" ? URL.createObjectURL(file) : null;
      this.choose(person, { attachment, title: file.name, about: fileSize(file.size), preview });
    } catch (error) {
      snackbar(`Файл «${file.name}» не принят: ${error.message}`);
    }
  }

  async askVideo() {
    const answer = await ask("Прикрепить видео", [
      { name: "title", label: "Название", value: "Мой проект", required: true, maxlength: 128 },
      { name: "duration", label: "Длительность, секунд", type: "number",
        value: 60, min: 1, max: 36000, required: true },
    ], "Прикрепить");
    if (answer) await this.prepare({ kind: "video", title: answer.title, duration: Number(answer.duration) });
  }

  async askLink() {
    const answer = await ask("Прикрепить ссылку", [
      { name: "url", label: "Адрес", type: "url", placeholder: "https://", required: true },
      { name: "title", label: "Название (необязательно)", maxlength: 128 },
    ], "Прикрепить");
    if (answer) await this.prepare({ kind: "link", url: answer.url, title: answer.title || answer.url });
  }

  /** A message as if from another dialog; what is chosen already is attached to it. */
  async askForwarded() {
    const attachments = this.chosen.map((one) => one.attachment);
    const answer = await ask("Переслать сообщение", [
      { name: "text", label: "Текст", required: !attachments.length, maxlength: 4096 },
    ], "Переслать");
    if (!answer) return;
    this.chosen = [];
    this.fit();
    this.showChosen();
    await this.now({ forwards: [{ text: answer.text, attachments }] });
  }

  async prepare(fields) {
    const person = this.person;
    const about = kindName(fields.kind);
    await this.quietly(async () =>
      this.choose(person, { attachment: await api.invent(person, fields), title: fields.title, about }));
  }

  choose(person, item) {
    if (person !== this.person) return;
    if (this.chosen.length >= MAX_ATTACHMENTS) {
      snackbar(`К сообщению можно прикрепить до ${MAX_ATTACHMENTS} вложений`);
      return;
    }
    this.chosen.push(item);
    this.fit();
    this.showChosen();
    this.text.focus();
  }

  invented(fields) {
    return this.now(async (person) => ({ attachments: [await api.invent(person, fields)] }));
  }

  async now(message) {
    const person = this.person;
    await this.quietly(async () =>
      this.send(person, typeof message === "function" ? await message(person) : message));
  }

  async quietly(act) {
    try {
      await act();
    } catch (error) {
      snackbar(`Не отправлено: ${error.message}`);
    }
  }

  showChosen() {
    const list = byId("chosen");
    list.hidden = !this.chosen.length;
    list.replaceChildren(...this.chosen.map((item) => el("li", {},
      item.preview ? el("img", { src: item.preview, alt: "" }) : el("span", { class: "tile" }, icon("file")),
      el("span", { class: "lines" }, el("span", { class: "title" }, item.title),
        el("span", { class: "secondary-text" }, item.about)),
      el("button", { type: "button", class: "round", "aria-label": `Убрать: ${item.title}`, onclick: () => {
        this.chosen = this.chosen.filter((one) => one !== item);
        this.fit();
        this.showChosen();
      } }, icon("close")))));
  }
}
