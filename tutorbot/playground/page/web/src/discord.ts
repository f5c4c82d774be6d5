// What the page is told about the local Discord, in the words of Discord's API.

export interface Person {
  id: string;
  name: string;
  bot: boolean;
  moderator: boolean;
  owner: boolean;
  simulated: boolean;
}

export interface Channel {
  id: string;
  name: string;
  topic: string;
  private: boolean;
  parent: string | null;
  writable: boolean;
  last: string;
}

export interface Place {
  server: string;
  me: string;
  bot: string;
  people: Person[];
  roles: { id: string; name: string }[];
  channels: Channel[];
}

export interface Attachment {
  id: string;
  filename: string;
  size: number;
  url: string;
  content_type: string;
  description?: string;
}

export interface Media {
  url: string;
  content_type?: string;
}

export interface Emoji {
  name?: string;
}

export interface Option {
  label: string;
  value: string;
  description?: string;
  emoji?: Emoji;
  default?: boolean;
}

/** A component of a message or a form; which fields there are depends on its type. */
export interface Component {
  type: number;
  id: number;
  components?: Component[];
  accessory?: Component;
  component?: Component;
  content?: string;
  label?: string;
  description?: string;
  custom_id?: string;
  style?: number;
  url?: string;
  disabled?: boolean;
  emoji?: Emoji;
  options?: Option[];
  default_values?: { id: string }[];
  placeholder?: string;
  min_values?: number;
  max_values?: number;
  min_length?: number;
  max_length?: number;
  required?: boolean;
  value?: string;
  default?: boolean;
  accent_color?: number | null;
  spoiler?: boolean;
  divider?: boolean;
  spacing?: number;
  media?: Media;
  file?: Media;
  name?: string;
  size?: number;
  items?: { media: Media; description?: string; spoiler?: boolean }[];
}

export const Kind = {
  ROW: 1,
  BUTTON: 2,
  STRING_SELECT: 3,
  TEXT_INPUT: 4,
  USER_SELECT: 5,
  ROLE_SELECT: 6,
  MENTIONABLE_SELECT: 7,
  CHANNEL_SELECT: 8,
  SECTION: 9,
  TEXT: 10,
  THUMBNAIL: 11,
  GALLERY: 12,
  FILE: 13,
  SEPARATOR: 14,
  CONTAINER: 17,
  LABEL: 18,
  FILE_UPLOAD: 19,
  RADIO_GROUP: 21,
  CHECKBOX_GROUP: 22,
  CHECKBOX: 23,
} as const;

export interface Embed {
  title?: string;
  description?: string;
  url?: string;
  color?: number;
  author?: { name: string };
  footer?: { text: string };
  fields?: { name: string; value: string; inline?: boolean }[];
  image?: Media;
  thumbnail?: Media;
}

export interface Message {
  id: string;
  type: number;
  channel_id: string;
  author: { id: string; name: string; bot: boolean };
  content: string;
  created: number;
  edited_timestamp: string | null;
  attachments: Attachment[];
  embeds: Embed[];
  components: Component[];
  flags: number;
  reactions: { emoji: { name: string }; count: number; me: boolean }[];
  referenced_message?: { id: string; author: string; text: string } | null;
  message_reference?: { message_id: string };
  pings_me: boolean;
  used: { person: string; name: string } | null;
  thread?: { id: string; name: string };
}

export const EPHEMERAL = 1 << 6;
export const LOADING = 1 << 7;

export interface CommandOption {
  type: number;
  name: string;
  description: string;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; value: string | number }[];
  options?: CommandOption[];
  min_value?: number;
  max_value?: number;
  max_length?: number;
}

export interface Command {
  id: string;
  name: string;
  type: number;
  description: string;
  options: CommandOption[] | null;
}

export interface Form {
  form: string;
  title: string;
  components: Component[];
}

export interface Status {
  online: boolean;
  phase: "starting" | "running" | "stopped";
  problems: string[];
  news: string;
  restartable: boolean;
}

export type Told =
  | { t: "hello"; people: Person[] }
  | ({ t: "place" } & Place)
  | ({ t: "status" } & Status)
  | { t: "message"; fate: "new" | "changed" | "gone"; channel: string; id: string; message?: Message }
  | { t: "typing"; channel: string; person: string }
  | { t: "answer"; n: number; ok?: Record<string, unknown>; refused?: string };
