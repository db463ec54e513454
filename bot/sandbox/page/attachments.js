/** Attachments as people see them in a message: pictures, files, cards. */

import { el, icon, outerLink, pictureUrl, safeUrl } from "./dom.js";
import { duration, fileSize, kindName } from "./words.js";
import { showPicture } from "./windows.js";

const THUMBNAIL = { width: 360, height: 340 };

/** All attachments of one message; pictures share a grid, the others stand one under another. */
export function attachmentViews(attachments) {
  const photos = attachments.filter((one) => one.type === "photo");
  const others = attachments.filter((one) => one.type !== "photo");
  const grid = photos.length ? el("div", { class: `photos of-${Math.min(photos.length, 4)}` },
    photos.map((one) => photo(one.photo ?? {}))) : null;
  return [grid, ...others.map(view)].filter(Boolean);
}

/** Whether the message is only this, drawn without a bubble. */
export const isBare = (attachment) => attachment.type === "sticker" || attachment.type === "graffiti";

/** The picture's largest file, by area and not by VK's letter. */
function largestPhoto(photo) {
  const files = [...(photo?.sizes ?? []), ...(photo?.orig_photo ? [photo.orig_photo] : [])];
  return files.sort((a, b) => (b.width ?? 0) * (b.height ?? 0) - (a.width ?? 0) * (a.height ?? 0))[0] ?? null;
}

function photo(value) {
  const largest = largestPhoto(value);
  const address = pictureUrl(largest?.url);
  if (!address) return row("picture", "Фотография", value.text);
  const scale = Math.min(1, THUMBNAIL.width / largest.width, THUMBNAIL.height / largest.height) || 1;
  const image = el("img", {
    src: address,
    alt: value.text || "Фотография",
    width: Math.round((largest.width || THUMBNAIL.width) * scale),
    height: Math.round((largest.height || THUMBNAIL.width) * scale),
    onerror: () => opener.replaceChildren(icon("picture")),
  });
  const opener = el("button",
    { type: "button", class: "photo", "aria-label": "Открыть фотографию", onclick: () => showPicture(address) }, image);
  return opener;
}

const VIEWS = {
  doc: (doc) => outerLink(doc.url, { class: "attachment file", download: false },
    el("span", { class: "tile" }, el("b", {}, (doc.ext || "файл").slice(0, 4))),
    lines(doc.title || "Документ", fileSize(doc.size))),
  video: (video) => outerLink(video.player ?? `https://vk.com/video${video.owner_id}_${video.id}`,
    { class: "attachment video" },
    el("span", { class: "screen" }, poster(video), el("span", { class: "play" }, icon("play")),
      video.duration ? el("span", { class: "length" }, duration(video.duration)) : null),
    lines(video.title || "Видео", video.platform)),
  link: (link) => outerLink(link.url, { class: "attachment link" }, el("span", { class: "tile" }, icon("link")),
    lines(link.title || link.url, link.caption || hostOf(link.url))),
  wall: (post) => row("post", "Запись на стене", post.text),
  audio_message: (voice) => el("div", { class: "attachment voice", "aria-label": "Голосовое сообщение" },
    el("span", { class: "tile" }, icon("voice")), waves(voice.waveform ?? []),
    el("span", { class: "secondary-text" }, duration(voice.duration))),
  sticker: (sticker) => drawing(sticker.images?.at(-1)?.url, "Стикер", "sticker"),
  graffiti: (graffiti) => drawing(graffiti.url, "Граффити", "brush"),
  poll: (poll) => row("poll", poll.question || "Опрос", "Опрос"),
  geo: (geo) => row("place", geo.place?.title || "Место на карте", coordinates(geo.coordinates)),
  story: () => row("picture", "История", ""),
};

function view(attachment) {
  const value = attachment[attachment.type] ?? {};
  const known = VIEWS[attachment.type];
  return known ? known(value) : row("file", kindName(attachment.type), value.title ?? "");
}

const row = (name, title, about) =>
  el("div", { class: "attachment" }, el("span", { class: "tile" }, icon(name)), lines(title, about));

const lines = (title, about) => el("span", { class: "lines" }, el("span", { class: "title" }, title),
  about ? el("span", { class: "secondary-text" }, about) : null);

function poster(video) {
  const files = [...(video.image ?? [])].sort((a, b) => b.width - a.width);
  const address = pictureUrl(files[0]?.url);
  return address ? el("img", { src: address, alt: "", onerror: (event) => event.target.remove() }) : null;
}

function drawing(url, name, fallback) {
  const address = pictureUrl(url);
  const plain = () => el("span", { class: "drawing", role: "img", "aria-label": name }, icon(fallback),
    el("span", {}, name));
  if (!address) return plain();
  return el("img", { class: "drawing", src: address, alt: name, width: 160, height: 160,
    onerror: (event) => event.target.replaceWith(plain()) });
}

/** Thirty strokes of the sound, as high as the sound was loud (VK gives 0 to 31). */
function waves(levels) {
  const strokes = Array.from({ length: 30 }, (_, index) =>
    levels.length > 1 ? levels[Math.floor(index * levels.length / 30)] : 6 + (index * 7) % 19);
  return el("span", { class: "waves", "aria-hidden": "true" }, strokes.map((level) => {
    const stroke = el("i");
    stroke.style.height = `${3 + Math.min(31, level) * 0.6}px`;
    return stroke;
  }));
}

const hostOf = (url) => {
  const address = safeUrl(url);
  return address ? new URL(address, location.href).hostname : "";
};

const coordinates = (point) => (point ? `${point.latitude}, ${point.longitude}` : "");
