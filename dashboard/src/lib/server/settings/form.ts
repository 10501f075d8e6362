import { fail } from '@sveltejs/kit'
import type { Refusal } from './refusal.ts'

/** A form that was sent, as text without spaces around it. */
export interface Form {
  text: (name: string) => string
  /** As it was typed, for passwords. */
  raw: (name: string) => string
  all: (name: string) => string[]
  has: (name: string) => boolean
  /** The version of the document that the person saw; 0 when the form names none. */
  version: number
}

/** Reads a form. */
export async function readForm(request: Request): Promise<Form> {
  const data = await request.formData()
  const raw = (name: string) => {
    const value = data.get(name)
    return typeof value === 'string' ? value : ''
  }
  const version = Number(raw('read_version'))
  return {
    raw,
    text: (name) => raw(name).trim(),
    all: (name) => data.getAll(name).flatMap((value) => (typeof value === 'string' ? [value.trim()] : [])),
    has: (name) => data.has(name),
    version: Number.isSafeInteger(version) && version >= 0 ? version : 0,
  }
}

/** What a form is answered when the change was not made: 409 after a conflict, else 400. */
export const refuse = (refusal: Refusal) => fail(refusal.version === undefined ? 400 : 409, refusal)

/** What a form is answered: the version written and what else is told of it, or why not. */
export const answer = <Told extends object>(result: { version: number } | Refusal, told?: Told) =>
  isWritten(result) ? { ...result, ...told } : refuse(result)

/** Whether a change was made. */
export const isWritten = (result: { version: number } | Refusal): result is { version: number } =>
  result.version !== undefined && !('message' in result) && !('fields' in result)
