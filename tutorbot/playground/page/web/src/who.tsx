// Choosing who one is in this tab.
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Avatar } from "./avatar";
import { be, choosing, connected, join, people, place } from "./store";
import { words } from "./words";

export function Who(): JSX.Element | null {
  return choosing.value && connected.value ? <Chooser /> : null;
}

function Chooser(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [name, setName] = useState("");
  const [moderator, setModerator] = useState(false);
  const id = useId();
  const offered = people.value.filter((one) => !one.bot && !one.owner && !one.simulated);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>("li button")?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="who"
      aria-labelledby={id}
      onCancel={(event) => !place.value && event.preventDefault()}
      onClose={() => (choosing.value = place.value === null)}
    >
      <h2 id={id}>{words.who}</h2>
      <p class="about">{words.whoHint}</p>
      <ul>
        {offered.map((one) => (
          <li key={one.id}>
            <button type="button" aria-current={one.id === place.value?.me ? "true" : undefined} onClick={() => void be(one.id)}>
              <Avatar id={one.id} name={one.name} size={36} />
              <span>
                <b>{one.name}</b>
                <small>{one.moderator ? words.moderator : words.student}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) void join(name.trim(), moderator);
        }}
      >
        <h3>{words.somebodyNew}</h3>
        <div class="new-person">
          <input
            type="text"
            value={name}
            maxLength={32}
            placeholder={words.yourName}
            aria-label={words.yourName}
            onInput={(event) => setName((event.target as HTMLInputElement).value)}
          />
          <button type="submit" class="button primary" disabled={!name.trim()}>
            {words.join}
          </button>
        </div>
        <label class="choice">
          <input type="checkbox" checked={moderator} onChange={() => setModerator(!moderator)} />
          <span>{words.asModerator}</span>
        </label>
      </form>
    </dialog>
  );
}
