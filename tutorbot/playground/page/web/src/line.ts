// The WebSocket to the playground: what is asked on it is answered by number; the rest is news.
import type { Told } from "./discord";

export class Refused extends Error {}

type Waiting = { done: (ok: Record<string, unknown>) => void; failed: (error: Error) => void };

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 4000;

export class Line {
  private socket: WebSocket | null = null;
  private waiting = new Map<number, Waiting>();
  private number = 0;
  private pause = FIRST_PAUSE;

  constructor(
    private readonly news: (told: Told) => void,
    private readonly changed: (open: boolean) => void,
  ) {}

  open(): void {
    const socket = new WebSocket(`ws://${location.host}/tab`);
    this.socket = socket;
    socket.onopen = () => {
      this.pause = FIRST_PAUSE;
      this.changed(true);
    };
    socket.onmessage = (event) => this.heard(JSON.parse(event.data as string) as Told);
    socket.onclose = () => {
      this.waiting.forEach((one) => one.failed(new Refused("")));
      this.waiting.clear();
      this.changed(false);
      setTimeout(() => this.open(), this.pause);
      this.pause = Math.min(this.pause * 1.6, LONGEST_PAUSE);
    };
  }

  ask<T = Record<string, unknown>>(wish: string, more: Record<string, unknown> = {}): Promise<T> {
    const n = ++this.number;
    return new Promise((done, failed) => {
      if (this.socket?.readyState !== WebSocket.OPEN) {
        failed(new Refused(""));
        return;
      }
      this.waiting.set(n, { done: done as Waiting["done"], failed });
      this.socket.send(JSON.stringify({ n, do: wish, ...more }));
    });
  }

  private heard(told: Told): void {
    if (told.t !== "answer") {
      this.news(told);
      return;
    }
    const one = this.waiting.get(told.n);
    this.waiting.delete(told.n);
    if (told.ok !== undefined) one?.done(told.ok);
    else one?.failed(new Refused(told.refused ?? ""));
  }
}
