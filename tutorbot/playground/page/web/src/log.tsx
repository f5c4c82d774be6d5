// The messages of a channel.
import { ArrowDown, Hash } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { LOADING, type Message } from "./discord";
import { Dots, MessageRow } from "./message";
import { channel, channelName, lookBack, messages, more, nameOf, now, opening, place, typing } from "./store";
import { words } from "./words";

const TOGETHER = 7 * 60;
const NEAR = 120;

function followsOn(message: Message, before: Message | undefined): boolean {
  if (!before || message.used || message.message_reference) return false;
  return (
    before.author.id === message.author.id &&
    message.created - before.created < TOGETHER &&
    (before.flags & 64) === (message.flags & 64)
  );
}

export function Log(): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const [away, setAway] = useState(false);
  const [focus, setFocus] = useState<string | null>(null);
  const shown = messages.value;
  const here = channel.value;
  const focused = shown.some((one) => one.id === focus) ? focus : shown.at(-1)?.id;

  const toEnd = () => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(() => {
    stuck.current = true;
    toEnd();
  }, [here?.id]);
  useLayoutEffect(() => {
    if (stuck.current) toEnd();
  }, [shown, typing.value]);
  useEffect(() => {
    const watch = new ResizeObserver(() => stuck.current && toEnd());
    if (box.current) watch.observe(box.current);
    const list = box.current?.querySelector("ol");
    if (list) watch.observe(list);
    return () => watch.disconnect();
  }, []);

  const scrolled = () => {
    const element = box.current!;
    stuck.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    setAway(!stuck.current);
  };
  const back = async () => {
    const element = box.current!;
    const below = element.scrollHeight - element.scrollTop;
    await lookBack();
    requestAnimationFrame(() => (element.scrollTop = element.scrollHeight - below));
  };
  const pressed = (event: KeyboardEvent) => {
    const row = event.target as HTMLElement;
    if (!row.matches("li.message")) return;
    const at = shown.findIndex((one) => one.id === row.dataset.id);
    const next =
      event.key === "ArrowUp" ? at - 1 : event.key === "ArrowDown" ? at + 1 : event.key === "Home" ? 0 : event.key === "End" ? shown.length - 1 : null;
    if (event.key === "Escape") document.querySelector<HTMLElement>(".composer textarea")?.focus();
    if (next === null || !shown[next]) return;
    event.preventDefault();
    box.current?.querySelector<HTMLElement>(`[data-id="${shown[next].id}"]`)?.focus();
  };
  const typers = Object.entries(typing.value)
    .filter(([, until]) => until > now.value)
    .map(([id]) => nameOf(id));

  return (
    <>
      <div class="log" ref={box} onScroll={scrolled}>
        <div class="spring" />
        {!more.value && here && (
          <div class="beginning">
            <span class="emblem" aria-hidden="true">
              <Hash size={38} />
            </span>
            <h2>{channelName(here)}</h2>
            <p>
              {here.private ? words.beginningDirect : words.beginning(channelName(here))} {here.topic}
            </p>
          </div>
        )}
        {more.value && (
          <button type="button" class="earlier" onClick={() => void back()}>
            {words.earlier}
          </button>
        )}
        <ol
          role="log"
          aria-busy={opening.value}
          aria-live="polite"
          aria-relevant="additions"
          aria-label={words.messages(channelName(here))}
          onKeyDown={pressed}
        >
          {shown.map((message, at) => (
            <MessageRow
              key={message.id}
              message={message}
              follows={followsOn(message, shown[at - 1])}
              focused={message.id === focused}
              onFocus={() => setFocus(message.id)}
            />
          ))}
        </ol>
      </div>
      {away && (
        <button
          type="button"
          class="to-present"
          onClick={() => {
            stuck.current = true;
            toEnd();
          }}
        >
          {words.toPresent} <ArrowDown size={16} aria-hidden="true" />
        </button>
      )}
      <Answered shown={shown} />
      <p class="typing" role="status">
        {typers.length > 0 && (
          <>
            <Dots />
            {words.typing(typers)}
          </>
        )}
      </p>
    </>
  );
}

/** Reads out, for screen readers, an answer that takes the place of "thinking…": the log tells of new lines only. */
function Answered({ shown }: { shown: Message[] }): JSX.Element {
  const thinking = useRef<Set<string>>(new Set());
  const [text, setText] = useState("");
  useEffect(() => {
    for (const message of shown) {
      if (message.flags & LOADING) thinking.current.add(message.id);
      else if (thinking.current.delete(message.id))
        setText(document.getElementById(`c-${message.id}`)?.textContent ?? "");
    }
  }, [shown, place.value]);
  return (
    <p class="unseen" role="status">
      {text}
    </p>
  );
}
