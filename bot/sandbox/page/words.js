/** Times, sizes and names as people read them in Russian. Times come as unix seconds. */

const CLOCK = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long" });
const DAY_AND_YEAR = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long", year: "numeric" });
const SHORT_DAY = new Intl.DateTimeFormat("ru", { day: "numeric", month: "short" });
const MOMENT = new Intl.DateTimeFormat("ru", { dateStyle: "long", timeStyle: "medium" });
const DAY_MS = 86_400_000;

export const clock = (at) => CLOCK.format(new Date(at * 1000));
export const moment = (at) => MOMENT.format(new Date(at * 1000));
export const isoTime = (at) => new Date(at * 1000).toISOString();

/** Which local day this is; equal for two times of one day. */
export const dayKey = (at) => new Date(at * 1000).toDateString();

/** The day as a separator between messages says it. */
export function dayTitle(at) {
  const date = new Date(at * 1000);
  const now = new Date();
  if (date.toDateString() === now.toDateString()) return "Сегодня";
  if (date.toDateString() === new Date(now - DAY_MS).toDateString()) return "Вчера";
  return date.getFullYear() === now.getFullYear() ? DAY.format(date) : DAY_AND_YEAR.format(date);
}

/** The time of the last message in the list of people. */
export function shortWhen(at) {
  return dayKey(at) === new Date().toDateString() ? clock(at) : SHORT_DAY.format(new Date(at * 1000));
}

export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1024) return `${bytes} Б`;
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "КБ"] : [bytes / 1024 / 1024, "МБ"];
  return `${value.toLocaleString("ru", { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}

export function duration(seconds) {
  const whole = Math.max(0, Math.round(Number(seconds) || 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Up to two letters for an avatar: the first ones of the first two words. */
export function initials(name) {
  const words = name.replace(/[^\p{L}\p{N}\s]/gu, " ").trim().split(/\s+/);
  return words.slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
}

const REFUSALS = {
  no_button: "этой кнопки больше нет",
  page_gone: "страница удалена или заблокирована, написать с неё нельзя",
  empty: "сообщение пустое",
  nobody: "такого человека в песочнице нет",
  no_picture: "нужна картинка PNG, JPEG или GIF",
  wrong_person: "данные о человеке не подходят",
};
const REFUSALS_BY_STATUS = { 413: "слишком большой файл" };

/** Why the sandbox said no, by the kind that its answer names, else by its HTTP status. */
export const refusal = (kind, status) =>
  REFUSALS[kind] ?? REFUSALS_BY_STATUS[status] ?? `песочница ответила отказом (HTTP ${status})`;

const KINDS = {
  photo: "Фотография", video: "Видео", doc: "Документ", link: "Ссылка", wall: "Запись", sticker: "Стикер",
  audio_message: "Голосовое сообщение", graffiti: "Граффити", poll: "Опрос", geo: "Место на карте",
  gift: "Подарок", story: "История", audio: "Аудиозапись", market: "Товар",
};

/** What an attachment is called; an unknown type keeps its own name. */
export const kindName = (type) => KINDS[type] ?? (type ? `Вложение: ${type}` : "Сообщение");
