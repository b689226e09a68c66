// Locks words with a key that only the pages of their draft are given, so that what stays on a shared computer
// cannot be read by whoever uses it next. AES-GCM, a fresh nonce each time, stored as base64.

const PREFIX = "openmash-draft:";

const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

export function canLock() {
  try {
    localStorage.setItem(`${PREFIX}try`, "");
    localStorage.removeItem(`${PREFIX}try`);
    return Boolean(window.crypto?.subtle);
  } catch {
    return false; // storage is switched off in this browser
  }
}

export class Locker {
  constructor(draft, key) {
    this.prefix = `${PREFIX}${draft}:`;
    this.key = crypto.subtle.importKey("raw", fromBase64(key), "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  async keep(page, words) {
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(words));
    const locked = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, await this.key, plain));
    localStorage.setItem(this.prefix + page, toBase64(new Uint8Array([...nonce, ...locked])));
  }

  async open(page) {
    const kept = localStorage.getItem(this.prefix + page);
    if (!kept) return null;
    try {
      const bytes = fromBase64(kept);
      const plain = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: bytes.slice(0, 12) }, await this.key, bytes.slice(12));
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      return null; // locked with another key: not ours to read
    }
  }

  pages() {
    const names = Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place));
    return names.filter((name) => name.startsWith(this.prefix)).map((name) => name.slice(this.prefix.length));
  }

  erase(page) {
    localStorage.removeItem(this.prefix + page);
  }
}

export function forget(draft) {
  const names = Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place));
  names.filter((name) => name.startsWith(`${PREFIX}${draft}:`)).forEach((name) => localStorage.removeItem(name));
}
