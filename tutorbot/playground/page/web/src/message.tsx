// One message.
import { EyeOff, MoreHorizontal, Reply, SmilePlus } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Actions, QUICK } from "./actions";
import { Avatar, hue } from "./avatar";
import { EPHEMERAL, LOADING, type Message } from "./discord";
import { EmbedCard } from "./embed";
import { flat, Markdown } from "./markdown";
import { FileCard, Parts, Picture } from "./parts";
import { attempt, byId, editing, me, nameOf, now, replyTo } from "./store";
import { exact, when } from "./time";
import { words } from "./words";

/** A placeholder that stood this many seconds is given up, as Discord does. */
const THINKS = 15 * 60;

export function allText(message: Message): string {
  const pieces: string[] = [message.content];
  for (const embed of message.embeds) pieces.push(embed.title ?? "", embed.description ?? "");
  const walk = (parts: Message["components"]): void => {
    for (const part of parts) {
      if (part.type === 10) pieces.push(part.content ?? "");
      walk(part.components ?? []);
    }
  };
  walk(message.components);
  return pieces.filter(Boolean).join("\n");
}

interface Props {
  message: Message;
  follows: boolean;
  focused: boolean;
  onFocus: () => void;
}

export function MessageRow({ message, follows, focused, onFocus }: Props): JSX.Element {
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const row = useRef<HTMLLIElement>(null);
  const author = byId.value.get(message.author.id);
  const isPrivate = Boolean(message.flags & EPHEMERAL);
  const classes = ["message"];
  if (follows) classes.push("follows");
  if (isPrivate) classes.push("private");
  if (message.pings_me) classes.push("pinged");
  if (replyTo.value?.id === message.id) classes.push("replied-to");
  if (menu) classes.push("held");
  const openMenu = () => {
    const place = row.current!.getBoundingClientRect();
    setMenu({ x: place.left + 72, y: Math.max(place.top + 24, 60) });
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.target !== row.current) return;
    if (event.key === "Enter" || event.key === "ContextMenu" || (event.shiftKey && event.key === "F10")) {
      event.preventDefault();
      openMenu();
    } else if (event.key === "r" && !event.ctrlKey && !event.metaKey && !isPrivate) {
      event.preventDefault();
      replyTo.value = message;
    }
  };
  return (
    <li
      ref={row}
      class={classes.join(" ")}
      data-id={message.id}
      tabIndex={focused ? 0 : -1}
      aria-labelledby={`a-${message.id} c-${message.id}`}
      onFocus={onFocus}
      onKeyDown={pressed}
      onContextMenu={(event) => {
        if ((event.target as Element).closest("a, input, textarea")) return;
        event.preventDefault();
        setMenu({ x: event.clientX, y: event.clientY });
      }}
    >
      {message.used && (
        <div class="above">
          <Avatar id={message.used.person} size={16} />
          <b style={{ "--hue": String(hue(message.used.person)) }}>{nameOf(message.used.person)}</b> {words.used}{" "}
          <span class="mention">
            {message.type === 20 ? "/" : ""}
            {message.used.name}
          </span>
        </div>
      )}
      {!message.used && message.message_reference && <ReplyLine message={message} />}
      {!follows && <Avatar id={message.author.id} name={message.author.name} />}
      {follows && (
        <time class="aside" dateTime={new Date(message.created * 1000).toISOString()} aria-hidden="true">
          {exact(message.created, "t")}
        </time>
      )}
      <div class="body">
        <h3 class={follows ? "head unseen" : "head"} id={`a-${message.id}`}>
          <span class={message.author.bot ? "author strong" : "author"} style={{ "--hue": String(hue(message.author.id)) }}>
            {message.author.name}
          </span>
          {message.author.bot && <span class="tag">{words.app}</span>}
          {author?.moderator && <span class="tag quiet">{words.moderator}</span>}
          <time dateTime={new Date(message.created * 1000).toISOString()} title={exact(message.created, "F")}>
            {when(message.created)}
          </time>
        </h3>
        <div id={`c-${message.id}`} class="content">
          <Content message={message} />
        </div>
        {message.reactions.length > 0 && <Reactions message={message} />}
        {isPrivate && (
          <p class="only-you">
            <EyeOff size={14} aria-hidden="true" /> {words.onlyYou} ·{" "}
            <button type="button" onClick={() => void attempt("delete", aboutMessage(message))}>
              {words.dismiss}
            </button>
          </p>
        )}
      </div>
      <div class="tools">
        {!isPrivate && (
          <>
            <button
              type="button"
              tabIndex={-1}
              title={words.react}
              aria-label={words.react}
              onClick={() => void attempt("react", { ...aboutMessage(message), emoji: QUICK[0], on: true })}
            >
              <SmilePlus size={18} aria-hidden="true" />
            </button>
            <button
              type="button"
              tabIndex={-1}
              title={words.reply}
              aria-label={words.reply}
              onClick={() => (replyTo.value = message)}
            >
              <Reply size={18} aria-hidden="true" />
            </button>
          </>
        )}
        <button
          type="button"
          tabIndex={-1}
          title={words.more}
          aria-label={words.more}
          aria-haspopup="menu"
          onClick={(event) => {
            const at = (event.currentTarget as Element).getBoundingClientRect();
            setMenu({ x: at.right - 220, y: at.bottom + 4 });
          }}
        >
          <MoreHorizontal size={18} aria-hidden="true" />
        </button>
      </div>
      {menu && (
        <Actions
          message={message}
          at={menu}
          onClose={() => {
            setMenu(null);
            row.current?.focus();
          }}
        />
      )}
    </li>
  );
}

export function aboutMessage(message: Message): { channel: string; message: string } {
  return { channel: message.channel_id, message: message.id };
}

function ReplyLine({ message }: { message: Message }): JSX.Element {
  const target = message.referenced_message;
  const jump = () => {
    const row = document.querySelector<HTMLElement>(`[data-id="${target?.id}"]`);
    row?.scrollIntoView({ block: "center", behavior: "smooth" });
    row?.focus({ preventScroll: true });
  };
  if (!target) return <div class="above reply">{words.goneTarget}</div>;
  return (
    <div class="above reply">
      <Avatar id={target.author} size={16} />
      <b class={byId.value.get(target.author)?.bot ? "strong" : ""} style={{ "--hue": String(hue(target.author)) }}>
        {nameOf(target.author)}
      </b>
      <button type="button" tabIndex={-1} onClick={jump}>
        {target.text ? flat(target.text).slice(0, 200) : words.clickToSee}
      </button>
    </div>
  );
}

function Content({ message }: { message: Message }): JSX.Element {
  if (editing.value === message.id) return <EditBox message={message} />;
  if (message.flags & LOADING) {
    if (now.value - message.created > THINKS) return <p class="failure">{words.failed}</p>;
    return (
      <p class="thinking">
        <Dots /> {message.author.name} {words.thinking}
      </p>
    );
  }
  return (
    <>
      {message.content && (
        <div class={/^(?:\p{Extended_Pictographic}\s*){1,6}$/u.test(message.content) ? "text jumbo" : "text"}>
          <Markdown text={message.content} />
          {message.edited_timestamp && <small class="edited"> {words.edited}</small>}
        </div>
      )}
      {message.attachments
        .filter(() => !(message.flags & (1 << 15)))
        .map((file) =>
          /^image\/(png|jpeg|gif|webp)$/.test(file.content_type) ? (
            <Picture key={file.id} url={file.url} text={file.description} spoiler={file.filename.startsWith("SPOILER_")} />
          ) : (
            <FileCard key={file.id} url={file.url} name={file.filename} size={file.size} />
          ),
        )}
      {message.embeds.map((embed, at) => (
        <EmbedCard key={at} embed={embed} />
      ))}
      <div class="parts">
        <Parts of={message.components} message={message} />
      </div>
    </>
  );
}

export function Dots(): JSX.Element {
  return (
    <span class="dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}

function EditBox({ message }: { message: Message }): JSX.Element {
  const [text, setText] = useState(message.content);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.setSelectionRange(text.length, text.length);
  }, []);
  const close = () => {
    editing.value = null;
    document.querySelector<HTMLElement>(".composer textarea")?.focus();
  };
  return (
    <div class="edit-box">
      <textarea
        ref={box}
        rows={Math.min(8, text.split("\n").length)}
        value={text}
        aria-label={words.edit}
        maxLength={2000}
        onInput={(event) => setText((event.target as HTMLTextAreaElement).value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") close();
          if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            if (text.trim() && text !== message.content) void attempt("edit", { ...aboutMessage(message), text });
            close();
          }
        }}
      />
      <small>{words.editHint}</small>
    </div>
  );
}

function Reactions({ message }: { message: Message }): JSX.Element {
  return (
    <div class="reactions">
      {message.reactions.map(({ emoji, count, me: mine }) => (
        <button
          key={emoji.name}
          type="button"
          class={mine ? "mine" : ""}
          aria-pressed={mine}
          aria-label={`${emoji.name} ${count}`}
          onClick={() => void attempt("react", { ...aboutMessage(message), emoji: emoji.name, on: !mine })}
        >
          {emoji.name} <span>{count}</span>
        </button>
      ))}
    </div>
  );
}

export function isMine(message: Message): boolean {
  return message.author.id === me.value?.id;
}
