// What the server sends, section by section (crates/sandbox/src/page/view), and Discord's components.

export type Id = string;

export interface Person { id: Id; name: string; bot: boolean; color: number | null }

export interface Component {
  type: number; id?: number; custom_id?: string; style?: number; label?: string; description?: string | null;
  placeholder?: string; disabled?: boolean; required?: boolean; url?: string; value?: string; content?: string;
  emoji?: Emoji; options?: Option[]; min_values?: number; max_values?: number; min_length?: number; max_length?: number;
  default?: boolean; default_values?: { id: Id; type: string }[]; channel_types?: number[];
  components?: Component[]; component?: Component; accessory?: Component; accent_color?: number | null; spoiler?: boolean;
  divider?: boolean; spacing?: number; media?: Media; items?: { media: Media; description?: string; spoiler?: boolean }[];
  file?: Media; name?: string; size?: number;
}

export interface Emoji { id?: Id | null; name?: string | null }
export interface Media { url: string }
export interface Option { label: string; value: string; description?: string | null; default?: boolean; emoji?: Emoji }

export interface Embed {
  title?: string; description?: string; url?: string; color?: number; timestamp?: string;
  author?: { name: string; url?: string }; footer?: { text: string };
  image?: Media; thumbnail?: Media; fields?: { name: string; value: string; inline?: boolean }[];
}

export interface Message {
  id: Id; at: number; author: Person; kind: number; content: string; embeds: Embed[]; components: Component[];
  edited: number | null; pinned: boolean; ephemeral: boolean; loading: boolean; quiet: boolean;
  files?: { name: string; size: number; picture: string | null; text: string | null }[]; reply?: { id: Id; author: Person; text: string };
  used?: { by: Person; command?: string }; thread?: { id: Id; name: string };
  reactions?: { emoji: string; count: number; mine: boolean }[]; names: Record<Id, string | null>;
}

export interface Modal { interaction: Id; custom_id: string; title: string; components: Component[] }

export interface Can {
  channels: boolean; roles: boolean; messages: boolean; kick: boolean; moderate: boolean; nicknames: boolean; guild: boolean;
}

export interface Me {
  id: Id; name: string; username: string; locale: string; member: boolean; owner: boolean; color: number | null; can: Can;
}

export interface Member extends Person {
  username: string; owner: boolean; roles: Id[]; group: Id | null; until: number | null;
}

export interface Role { id: Id; name: string; color: number; hoist: boolean; managed: boolean; everyone: boolean }

export interface GuildItem { id: Id; name: string; size: number; unavailable: boolean }

export interface Guild extends GuildItem { owner: Id; bot: boolean; roles: Role[] }

export interface Channel { id: Id; name: string; kind: number; parent: Id | null; position: number; last: Id | null; voice: Id[] }

export interface OpenChannel {
  id: Id; name: string; kind: number; topic: string | null; parent: string | null; send: boolean; read: boolean;
  nsfw: boolean; archived: boolean; can: Can;
}

export interface CommandOption {
  type: number; name: string; description: string; required?: boolean; autocomplete?: boolean; options?: CommandOption[];
  choices?: { name: string; value: string | number }[]; channel_types?: number[];
}

export interface Command { kind: number; name: string; description?: string; options?: CommandOption[] }

export interface Step { text: string; person: string | null; channel: string | null }
export interface Card { title: string; text: string; steps: Step[] }

export interface Call {
  number: number; at: number; took: number; method: string; operation: string; path: string; status: number;
  code: number | null; reason: string | null; body: string; size: number;
}

export interface Event { number: number; at: number; shard: number; name: string; seq: number; body: string; size: number }

export interface Faults { waiting: number; struck: number; mixing: boolean }

export interface DevState {
  violations: { kind: string; place: string; detail: string }[]; violated: number;
  sessions: { id: string; shard: number; of: number; connected: boolean; seq: number }[];
  faults: Faults; event_faults: Faults; latency: { rest: number; callbacks: number };
}

/// What an interaction was answered with first.
export interface First { kind: string; error?: string; modal?: Modal; choices?: { name: string; value: string | number }[] }
