// The menu of a message.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { EPHEMERAL, type Message } from "./discord";
import { aboutMessage, allText, isMine } from "./message";
import { attempt, commands, editing, interact, me, replyTo, say } from "./store";
import { words } from "./words";

export const QUICK = ["👍", "❤️", "😂", "🎉", "🤔", "👀"];

interface Props {
  message: Message;
  at: { x: number; y: number };
  onClose: () => void;
}

export function Actions({ message, at, onClose }: Props): JSX.Element {
  const menu = useRef<HTMLDivElement>(null);
  const isPrivate = Boolean(message.flags & EPHEMERAL);
  const apps = isPrivate ? [] : commands.value.filter((one) => one.type === 3);

  useLayoutEffect(() => {
    const box = menu.current!;
    box.style.left = `${Math.max(8, Math.min(at.x, innerWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${Math.max(8, Math.min(at.y, innerHeight - box.offsetHeight - 8))}px`;
    box.querySelector<HTMLElement>(".item")?.focus();
  }, []);
  useEffect(() => {
    const outside = (event: Event) => {
      if (!menu.current?.contains(event.target as Node)) onClose();
    };
    document.addEventListener("mousedown", outside);
    return () => document.removeEventListener("mousedown", outside);
  });

  const pressed = (event: KeyboardEvent) => {
    event.stopPropagation();
    const items = [...menu.current!.querySelectorAll<HTMLElement>("[role=menuitem]")];
    const here = items.indexOf(document.activeElement as HTMLElement);
    const turn = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (turn) items[(here + turn + items.length) % items.length]?.focus();
    else if (event.key === "Home") items[0]?.focus();
    else if (event.key === "End") items.at(-1)?.focus();
    else if (event.key === "Escape" || event.key === "Tab") onClose();
    else return;
    event.preventDefault();
  };
  const item = (text: ComponentChildren, act: () => void, danger = false) => (
    <button
      type="button"
      role="menuitem"
      class={danger ? "item danger" : "item"}
      tabIndex={-1}
      onClick={() => {
        onClose();
        act();
      }}
    >
      {text}
    </button>
  );
  return (
    <div ref={menu} class="menu" role="menu" aria-label={words.more} onKeyDown={pressed}>
      {!isPrivate && (
        <div class="quick" role="group" aria-label={words.react}>
          {QUICK.map((emoji) => (
            <button
              key={emoji}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                onClose();
                void attempt("react", { ...aboutMessage(message), emoji, on: true });
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
      {!isPrivate &&
        item(words.reply, () => {
          replyTo.value = message;
        })}
      {isMine(message) &&
        item(words.edit, () => {
          editing.value = message.id;
        })}
      {item(words.copy, () => {
        void navigator.clipboard?.writeText(allText(message)).then(() => say(words.copied));
      })}
      {apps.length > 0 && (
        <>
          <div class="menu-head" role="presentation">
            {words.apps}
          </div>
          {apps.map((one) =>
            item(one.name, () => void interact("menu", { ...aboutMessage(message), command: one.name })),
          )}
        </>
      )}
      {(isMine(message) || isPrivate || me.value?.moderator) && (
        <>
          <hr />
          {item(
            isPrivate ? words.dismiss : words.remove_message,
            () => void attempt("delete", aboutMessage(message)),
            true,
          )}
        </>
      )}
    </div>
  );
}
