// A select menu, in a message or a form.
import { ChevronDown } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { type Component, Kind } from "./discord";
import { type Entry, Listbox, moved } from "./listbox";
import { place } from "./store";
import { words } from "./words";

/** Pixels below which a list opens upwards. */
const ROOM = 360;

interface Props {
  part: Component;
  disabled?: boolean;
  label?: string;
  chosen?: string[];
  onChosen: (values: string[]) => void;
}

function choices(part: Component): Entry<string>[] {
  const known = place.value;
  const people = () => (known?.people ?? []).map((one) => ({ value: one.id, label: one.name }));
  const roles = () => (known?.roles ?? []).map((one) => ({ value: one.id, label: `@${one.name.replace(/^@/, "")}` }));
  switch (part.type) {
    case Kind.USER_SELECT:
      return people();
    case Kind.ROLE_SELECT:
      return roles();
    case Kind.MENTIONABLE_SELECT:
      return [...people(), ...roles()];
    case Kind.CHANNEL_SELECT:
      return (known?.channels ?? [])
        .filter((one) => !one.private)
        .map((one) => ({ value: one.id, label: `#${one.name}` }));
    default:
      return (part.options ?? []).map((one) => ({
        value: one.value,
        label: `${one.emoji?.name ? `${one.emoji.name} ` : ""}${one.label}`,
        hint: one.description,
      }));
  }
}

export function Select({ part, disabled, label, chosen, onChosen }: Props): JSX.Element {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [up, setUp] = useState(false);
  const preset = part.default_values
    ? part.default_values.map((one) => one.id)
    : (part.options ?? []).filter((one) => one.default).map((one) => one.value);
  const [values, setValues] = useState<string[]>(chosen ?? preset);
  const entries = choices(part).map((one) => ({ ...one, picked: values.includes(one.value) }));
  const multiple = (part.max_values ?? 1) > 1;
  const text = entries.filter((one) => one.picked).map((one) => one.label);

  const show = () => {
    const below = innerHeight - (box.current?.getBoundingClientRect().bottom ?? 0);
    setUp(below < ROOM);
    setOpen(true);
  };
  const close = (now: string[] = values) => {
    setOpen(false);
    const least = part.min_values ?? 1;
    if (multiple && now.length >= least && now.join() !== (chosen ?? preset).join()) onChosen(now);
  };
  const choose = (entry: Entry<string>) => {
    if (!multiple) {
      const none = part.min_values === 0 && values.includes(entry.value);
      setValues(none ? [] : [entry.value]);
      setOpen(false);
      onChosen(none ? [] : [entry.value]);
    } else if (values.includes(entry.value)) setValues(values.filter((one) => one !== entry.value));
    else if (values.length < (part.max_values ?? 1)) setValues([...values, entry.value]);
  };
  const pressed = (event: KeyboardEvent) => {
    if (disabled) return;
    const next = moved(event.key, active, entries.length);
    if (next !== null) {
      event.preventDefault();
      if (open) setActive(next);
      else show();
    } else if ((event.key === "Enter" || event.key === " ") && open) {
      event.preventDefault();
      const entry = entries[active];
      if (entry) choose(entry);
    } else if ((event.key === "Escape" || event.key === "Tab") && open) {
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
      }
      close();
    }
  };
  useEffect(() => {
    if (!open) return;
    const outside = (event: MouseEvent) => {
      if (!box.current?.contains(event.target as Node)) close();
    };
    document.addEventListener("mousedown", outside);
    return () => document.removeEventListener("mousedown", outside);
  });

  return (
    <div class="select" ref={box}>
      <button
        type="button"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-controls={id}
        aria-label={label ?? part.placeholder ?? words.choose}
        aria-activedescendant={open ? `${id}-${active}` : undefined}
        disabled={disabled}
        onClick={() => (open ? close() : show())}
        onKeyDown={pressed}
      >
        <span class={text.length ? "" : "placeholder"}>
          {text.length ? text.join(", ") : (part.placeholder ?? words.choose)}
        </span>
        <ChevronDown size={20} aria-hidden="true" />
      </button>
      {open && (
        <Listbox
          id={id}
          class={up ? "up" : ""}
          label={part.placeholder ?? words.choose}
          entries={entries}
          active={active}
          onActive={setActive}
          onChoose={choose}
          multiple={multiple}
        />
      )}
    </div>
  );
}
