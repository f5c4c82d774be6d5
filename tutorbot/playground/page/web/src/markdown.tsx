// Discord's markdown as elements: discord-markdown-parser reads it, nothing here ever becomes HTML by itself.
import { rulesExtended, SimpleMarkdown } from "discord-markdown-parser";
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { byId, look, nameOf, place } from "./store";
import { Time } from "./time";
import { words } from "./words";

interface Node {
  type: string;
  content?: Node[] | string;
  target?: string;
  level?: number;
  id?: string;
  name?: string;
  fullName?: string;
  timestamp?: string;
  format?: string;
  ordered?: boolean;
  start?: number;
  items?: Node[][];
}

// The parser's rules for blocks are left out: they do not know lists, nor a block right after another one.
const { blockQuote: _quote, heading: _heading, subtext: _subtext, ...inlineRules } = rulesExtended;
const inlineParser = SimpleMarkdown.parserFor(inlineRules as never);

function inline(text: string): Node[] {
  return inlineParser(text, { inline: true } as never) as unknown as Node[];
}

const FENCE = /^```/;
const HEADING = /^(#{1,3}) +(\S.*)$/;
const SUBTEXT = /^-# +(\S.*)$/;
const QUOTE = /^> ?(.*)$/;
const ITEM = /^( *)([-*]|\d{1,9}\.) +(.*)$/;

/** A text as blocks, from top to bottom; what is no block of its own is one of type "text". */
function blocks(text: string, quoted = false): Node[] {
  const lines = text.split("\n");
  const found: Node[] = [];
  let loose: string[] = [];
  const settle = () => {
    if (loose.length > 0) found.push({ type: "loose", content: inline(loose.join("\n")) });
    loose = [];
  };
  const block = (node: Node) => {
    settle();
    found.push(node);
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const rest = lines.slice(at);
    const heading = HEADING.exec(line);
    const subtext = SUBTEXT.exec(line);
    if (FENCE.test(line) && rest.join("\n").indexOf("```", 3) > 0) {
      const source = rest.join("\n");
      const end = source.indexOf("```", 3) + 3;
      block({ type: "loose", content: inline(source.slice(0, end)) });
      at += source.slice(0, end).split("\n").length - 1;
      const tail = lines[at]!.slice(lines[at]!.lastIndexOf("```") + 3);
      if (tail) loose.push(tail);
    } else if (heading) {
      block({ type: "heading", level: heading[1]!.length, content: inline(heading[2]!) });
    } else if (subtext) {
      block({ type: "subtext", content: inline(subtext[1]!) });
    } else if (!quoted && line.startsWith(">>> ")) {
      block({ type: "blockQuote", content: blocks([line.slice(4), ...rest.slice(1)].join("\n"), true) });
      break;
    } else if (!quoted && line.startsWith("> ")) {
      const count = run(rest, QUOTE);
      const inside = rest.slice(0, count).map((one) => QUOTE.exec(one)![1]!);
      block({ type: "blockQuote", content: blocks(inside.join("\n"), true) });
      at += count - 1;
    } else if (ITEM.test(line)) {
      const count = sameList(rest);
      block(list(rest.slice(0, count)));
      at += count - 1;
    } else loose.push(line);
  }
  settle();
  return found;
}

function run(lines: string[], kind: RegExp): number {
  const end = lines.findIndex((line) => !kind.test(line));
  return end < 0 ? lines.length : end;
}

/** How many lines belong to the list that the first one begins: dots and numbers do not mix at one depth. */
function sameList(lines: string[]): number {
  const count = run(lines, ITEM);
  const [, indent, mark] = ITEM.exec(lines[0]!)!;
  const other = lines.slice(0, count).findIndex((line) => {
    const [, depth, sign] = ITEM.exec(line)!;
    return depth!.length <= indent!.length + 1 && /\d/.test(sign!) !== /\d/.test(mark!);
  });
  return other < 0 ? count : other;
}

function list(lines: string[]): Node {
  const [, indent, mark] = ITEM.exec(lines[0]!)!;
  const items: string[][] = [];
  for (const line of lines) {
    const [, depth, , text] = ITEM.exec(line)!;
    if (depth!.length <= indent!.length + 1) items.push([text!]);
    else items.at(-1)!.push(line);
  }
  return {
    type: "list",
    ordered: /\d/.test(mark!),
    start: Number.parseInt(mark!, 10) || 1,
    items: items.map(([first, ...below]) => [...inline(first!), ...(below.length > 0 ? [list(below)] : [])]),
  };
}

export function Markdown({ text }: { text: string }): JSX.Element {
  return <>{blocks(text).map(shown)}</>;
}

/** What is left of a text without its markup, in one line. */
export function flat(text: string): string {
  return blocks(text)
    .map((node) => plainText([node]))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

function plainText(nodes: Node[] | string | undefined): string {
  if (nodes === undefined) return "";
  if (typeof nodes === "string") return nodes;
  return nodes
    .map((node) => {
      if (node.type === "user") return `@${nameOf(node.id ?? "")}`;
      if (node.type === "channel") return `#${channelById(node.id)?.name ?? "unknown"}`;
      if (node.type === "newline" || node.type === "br") return " ";
      if (node.type === "timestamp") return new Date(Number(node.timestamp) * 1000).toLocaleTimeString();
      if (node.items) return node.items.map(plainText).join(" ");
      if (node.type === "spoiler") return "▉▉▉";
      return plainText(node.content ?? node.name);
    })
    .join("");
}

function channelById(id: string | undefined) {
  return place.value?.channels.find((one) => one.id === id);
}

function inner(node: Node): ComponentChildren {
  return typeof node.content === "string" ? node.content : (node.content ?? []).map(shown);
}

function shown(node: Node, key: number): ComponentChildren {
  switch (node.type) {
    case "loose":
      return <div key={key}>{inner(node)}</div>;
    case "strong":
      return <strong key={key}>{inner(node)}</strong>;
    case "em":
      return <em key={key}>{inner(node)}</em>;
    case "underline":
      return <u key={key}>{inner(node)}</u>;
    case "strikethrough":
      return <s key={key}>{inner(node)}</s>;
    case "inlineCode":
      return <code key={key}>{inner(node)}</code>;
    case "codeBlock":
      return (
        <pre key={key} tabIndex={0}>
          <code>{inner(node)}</code>
        </pre>
      );
    case "blockQuote":
      return <blockquote key={key}>{inner(node)}</blockquote>;
    case "heading": {
      const Heading = (["h3", "h4", "h5"] as const)[Math.min(node.level ?? 1, 3) - 1]!;
      return (
        <Heading key={key} class={`h${node.level}`}>
          {inner(node)}
        </Heading>
      );
    }
    case "subtext":
      return (
        <small key={key} class="subtext">
          {inner(node)}
        </small>
      );
    case "list": {
      const items = (node.items ?? []).map((item, at) => <li key={at}>{item.map(shown)}</li>);
      return node.ordered ? (
        <ol key={key} start={node.start} class={(node.items?.length ?? 0) + (node.start ?? 1) > 10 ? "wide" : ""}>
          {items}
        </ol>
      ) : (
        <ul key={key}>{items}</ul>
      );
    }
    case "spoiler":
      return <Spoiler key={key}>{inner(node)}</Spoiler>;
    case "link":
    case "url":
    case "autolink":
      return <Link key={key} to={node.target ?? ""} text={inner(node)} />;
    case "timestamp":
      return <Time key={key} at={Number(node.timestamp)} look={node.format ?? "f"} />;
    case "user":
      return (
        <span key={key} class="mention">
          @{byId.value.get(node.id ?? "")?.name ?? "unknown-user"}
        </span>
      );
    case "role": {
      const role = place.value?.roles.find((one) => one.id === node.id);
      return (
        <span key={key} class="mention">
          @{role?.name ?? "unknown-role"}
        </span>
      );
    }
    case "everyone":
    case "here":
      return (
        <span key={key} class="mention">
          @{node.type}
        </span>
      );
    case "channel": {
      const target = channelById(node.id);
      return target ? (
        <button key={key} type="button" class="mention link" onClick={() => void look(target.id)}>
          #{target.name}
        </button>
      ) : (
        <span key={key} class="mention">
          #unknown
        </span>
      );
    }
    case "slashCommand":
      return (
        <span key={key} class="mention">
          /{node.fullName ?? node.name}
        </span>
      );
    case "emoji":
      return <span key={key}>:{node.name}:</span>;
    case "twemoji":
      return <span key={key}>{node.name}</span>;
    case "newline":
    case "br":
      return <br key={key} />;
    default:
      return <span key={key}>{inner(node)}</span>;
  }
}

function Link({ to, text }: { to: string; text: ComponentChildren }): JSX.Element {
  if (!/^https?:\/\//i.test(to)) return <>{text}</>;
  return (
    <a href={to} target="_blank" rel="noopener noreferrer" title={to}>
      {text}
    </a>
  );
}

export function Spoiler({ children }: { children: ComponentChildren }): JSX.Element {
  const [open, setOpen] = useState(false);
  if (open) return <span class="spoiler open">{children}</span>;
  return (
    <button type="button" class="spoiler" aria-label={words.spoiler} onClick={() => setOpen(true)}>
      <span aria-hidden="true">{children}</span>
    </button>
  );
}
