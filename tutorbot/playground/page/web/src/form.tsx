// A form (Discord calls it a modal) that the bot opened.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { type Component, type Form, Kind } from "./discord";
import { Markdown } from "./markdown";
import { Select } from "./select";
import { form, submitForm, upload } from "./store";
import { words } from "./words";

type Value = string | string[] | boolean | null;

interface Field {
  part: Component;
  label: string;
  description?: string;
}

function fieldsOf(components: Component[]): Field[] {
  return components.flatMap((part) => {
    if (part.type === Kind.LABEL && part.component)
      return [{ part: part.component, label: part.label ?? "", description: part.description }];
    if (part.type === Kind.ROW) return (part.components ?? []).map((one) => ({ part: one, label: one.label ?? "" }));
    return [];
  });
}

function preset(part: Component): Value {
  const chosen = (part.options ?? []).filter((one) => one.default).map((one) => one.value);
  if (part.type === Kind.TEXT_INPUT) return part.value ?? "";
  if (part.type === Kind.CHECKBOX) return Boolean(part.default);
  if (part.type === Kind.RADIO_GROUP) return chosen[0] ?? null;
  return chosen;
}

export function FormDialog(): JSX.Element | null {
  const open = form.value;
  return open && <OpenForm key={open.form} open={open} />;
}

function OpenForm({ open }: { open: Form }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const fields = fieldsOf(open.components);
  const [values, setValues] = useState<Record<string, Value>>(() =>
    Object.fromEntries(fields.map(({ part }) => [part.custom_id ?? "", preset(part)])),
  );
  const [problem, setProblem] = useState("");
  const [sending, setSending] = useState(false);
  const set = (name: string, value: Value) => setValues((before) => ({ ...before, [name]: value }));

  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>("input, textarea, [role=combobox]")?.focus();
  }, []);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    setProblem("");
    const done = await submitForm(open.form, values);
    setSending(false);
    if (done) form.value = null;
    else setProblem(words.formFailed);
  };

  return (
    <dialog
      ref={dialog}
      class="form"
      aria-labelledby={title}
      onClose={() => (form.value = null)}
      onMouseDown={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <form onSubmit={(event) => void submit(event)}>
        <header>
          <h2 id={title}>{open.title}</h2>
        </header>
        <div class="form-body">
          {open.components.map((part) =>
            part.type === Kind.TEXT ? (
              <div key={part.id} class="text">
                <Markdown text={part.content ?? ""} />
              </div>
            ) : (
              fieldsOf([part]).map((field) => (
                <FieldRow
                  key={field.part.custom_id}
                  field={field}
                  value={values[field.part.custom_id ?? ""] ?? null}
                  onValue={(value) => set(field.part.custom_id ?? "", value)}
                />
              ))
            ),
          )}
          {problem && (
            <p class="failure" role="alert">
              {problem}
            </p>
          )}
        </div>
        <footer>
          <button type="button" class="button secondary" onClick={() => dialog.current?.close()}>
            {words.cancel}
          </button>
          <button type="submit" class="button primary" aria-busy={sending}>
            {words.submit}
          </button>
        </footer>
      </form>
    </dialog>
  );
}

interface RowProps {
  field: Field;
  value: Value;
  onValue: (value: Value) => void;
}

function FieldRow({ field, value, onValue }: RowProps): JSX.Element {
  const id = useId();
  const { part } = field;
  const required = part.required !== false && part.type !== Kind.CHECKBOX;
  const grouped = part.type === Kind.RADIO_GROUP || part.type === Kind.CHECKBOX_GROUP;
  const head = (
    <>
      {field.label}
      {required && (
        <span class="star" title={words.required}>
          *
        </span>
      )}
    </>
  );
  const body = <FieldBody id={id} field={field} value={value} onValue={onValue} required={required} />;
  const about = field.description && (
    <p class="about" id={`${id}-about`}>
      {field.description}
    </p>
  );
  if (grouped)
    return (
      <fieldset class="field-row">
        <legend>{head}</legend>
        {about}
        {body}
      </fieldset>
    );
  return (
    <div class="field-row">
      <label for={id}>{head}</label>
      {about}
      {body}
    </div>
  );
}

function FieldBody({ id, field, value, onValue, required }: RowProps & { id: string; required: boolean }): ComponentChildren {
  const { part } = field;
  if (part.type === Kind.TEXT_INPUT) {
    const text = (value as string) ?? "";
    const shared = {
      id,
      value: text,
      required,
      placeholder: part.placeholder ?? "",
      minLength: part.min_length ?? 0,
      maxLength: part.max_length ?? 4000,
      "aria-describedby": field.description ? `${id}-about` : undefined,
      onInput: (event: Event) => onValue((event.target as HTMLInputElement).value),
    };
    const [least, most] = [part.min_length ?? 0, part.max_length ?? 4000];
    const close = text.length > most * 0.7 || (text.length > 0 && text.length < least);
    return (
      <>
        {part.style === 2 ? <textarea {...shared} rows={4} /> : <input {...shared} type="text" autocomplete="off" />}
        {close && (
          <small class="count" aria-hidden="true">
            {text.length}/{most}
          </small>
        )}
      </>
    );
  }
  if (part.type === Kind.CHECKBOX)
    return (
      <input
        id={id}
        type="checkbox"
        checked={Boolean(value)}
        onChange={(event) => onValue((event.target as HTMLInputElement).checked)}
      />
    );
  if (part.type === Kind.RADIO_GROUP || part.type === Kind.CHECKBOX_GROUP) {
    const many = part.type === Kind.CHECKBOX_GROUP;
    const picked = many ? ((value as string[]) ?? []) : value === null ? [] : [value as string];
    return (part.options ?? []).map((one) => (
      <label key={one.value} class="choice">
        <input
          type={many ? "checkbox" : "radio"}
          name={id}
          required={required && !many}
          checked={picked.includes(one.value)}
          onChange={() =>
            onValue(
              !many
                ? one.value
                : picked.includes(one.value)
                  ? picked.filter((other) => other !== one.value)
                  : [...picked, one.value],
            )
          }
        />
        <span>
          {one.label}
          {one.description && <small>{one.description}</small>}
        </span>
      </label>
    ));
  }
  if (part.type === Kind.FILE_UPLOAD)
    return (
      <input
        id={id}
        type="file"
        required={required}
        multiple={(part.max_values ?? 1) > 1}
        onChange={async (event) => {
          const files = [...((event.target as HTMLInputElement).files ?? [])];
          const ids = await Promise.all(files.map(upload));
          onValue(ids.filter((one): one is string => one !== null));
        }}
      />
    );
  return (
    <Select part={part} label={field.label} chosen={(value as string[]) ?? []} onChosen={(values) => onValue(values)} />
  );
}
