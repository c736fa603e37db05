// Our own small icons, drawn with a few lines each.

const PATHS = {
  hash: "M5 9h14M5 15h14M10 4 8 20M16 4l-2 16",
  voice: "M4 10v4h4l5 4V6L8 10zM17 9a4 4 0 0 1 0 6",
  forum: "M4 5h16v10H10l-4 4v-4H4z",
  thread: "M6 4v9a3 3 0 0 0 3 3h9M15 13l3 3-3 3",
  news: "M4 10v4h3l8 4V6l-8 4zM18 9v6",
  down: "M6 9l6 6 6-6",
  left: "M15 6l-6 6 6 6",
  right: "M9 6l6 6-6 6",
  people: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 19c0-3 3-5 6-5s6 2 6 5M16 5.5a3 3 0 0 1 0 5M17 14c2.5 1 4 2.5 4 5",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  code: "M8 7l-5 5 5 5M16 7l5 5-5 5",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  plus: "M12 5v14M5 12h14",
  send: "M4 12l16-7-6 16-3-7z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6l1.4 1.4M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4",
  moon: "M19 14.5A8 8 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.5z",
  auto: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
  eye: "M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  reply: "M9 7l-5 5 5 5M4 12h9a6 6 0 0 1 6 6",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01",
  out: "M10 6H5v13h13v-5M13 4h7v7M20 4l-9 9",
  swap: "M4 8h14l-3-3M20 16H6l3 3",
  chat: "M4 5h16v11H9l-5 4z",
  check: "M5 12l5 5 9-10",
  warn: "M12 4l9 16H3zM12 10v4M12 17h.01",
  crown: "M4 18h16M4 8l4 4 4-7 4 7 4-4-1.5 8h-13z",
};

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function channelIcon(kind: number): IconName {
  if (kind === 2 || kind === 13) return "voice";
  if (kind === 15 || kind === 16) return "forum";
  if (kind >= 10 && kind <= 12) return "thread";
  return kind === 5 ? "news" : kind === 1 ? "chat" : "hash";
}
