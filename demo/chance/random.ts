import type { Weighted } from './weighted.ts'

/**
 * Chance that is told beforehand: a stream of numbers that its key decides, the same on every machine.
 * The generator is Chris Doty-Humphrey's sfc32 (PractRand, public domain), its seeding the finalizer of MurmurHash3
 * (Austin Appleby, public domain).
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  /** @param key whole numbers: the seed of the shop, what the stream is for, and which one of these */
  constructor(...key: readonly number[]) {
    let hash = 0x9e3779b9
    for (const part of key) {
      hash = mixed(hash ^ (part | 0))
      hash = mixed((hash + Math.floor(part / 0x1_0000_0000)) | 0)
    }
    this.#a = hash
    this.#b = mixed(hash + 0x9e3779b9)
    this.#c = mixed(hash + 0x3c6ef372)
    for (let round = 0; round < 8; round++) this.next()
  }

  /** From 0 up to and without 1. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (this.#c << 21) | (this.#c >>> 11)
    this.#c = (this.#c + sum) | 0
    return (sum >>> 0) / 0x1_0000_0000
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  /** A whole number from low to high, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next())
  }

  normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()))
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.next())
  }

  /** A factor around 1, as far up as down. */
  noise(deviation: number): number {
    return Math.exp(this.normal(0, deviation))
  }

  /** One of a list that is not empty. */
  of<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T
  }

  by<T>(weighted: Weighted<T>): T {
    return weighted.at(this.next())
  }
}

function mixed(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
