/** Codes and names of the errors that this process makes itself; the engine's own carry theirs in their text. */
const codes = {
  BAD_ARGUMENTS: 36,
  NOT_IMPLEMENTED: 48,
  SYNTAX_ERROR: 62,
  UNKNOWN_FORMAT: 73,
  CANNOT_OPEN_FILE: 76,
  UNKNOWN_TYPE_OF_QUERY: 78,
  UNKNOWN_SETTING: 115,
  READONLY: 164,
  REQUIRED_PASSWORD: 194,
  TOO_MANY_SIMULTANEOUS_QUERIES: 202,
  SOCKET_TIMEOUT: 209,
  INVALID_SESSION_TIMEOUT: 374,
  SESSION_NOT_FOUND: 372,
  SESSION_IS_LOCKED: 373,
  INTO_OUTFILE_NOT_ALLOWED: 358,
  QUERY_WAS_CANCELLED: 394,
  QUERY_IS_TOO_LARGE: 467,
  UNKNOWN_QUERY_PARAMETER: 456,
  AUTHENTICATION_FAILED: 516,
  HTTP_LENGTH_REQUIRED: 381,
  CANNOT_DECOMPRESS: 271,
  UNKNOWN_EXCEPTION: 1002,
} as const
export type ErrorName = keyof typeof codes

/** An error as ClickHouse tells it: a code, a name and a text. */
export class DatabaseError extends Error {
  override name = 'DatabaseError'
  readonly code: number
  readonly type: string

  constructor(type: string, message: string, options: ErrorOptions & { code?: number } = {}) {
    super(message, options)
    this.type = type
    this.code = options.code ?? codes[type as ErrorName] ?? codes.UNKNOWN_EXCEPTION
  }
}

export const refuse = (type: ErrorName, message: string): DatabaseError => new DatabaseError(type, message)

const engineText = /^Code: (\d+)\. DB::Exception: ([\s\S]*?)\s*\(([A-Z][A-Z0-9_]+)\)\s*$/
const nested = /^Code: \d+\. DB::(?:Parsing)?Exception: ([\s\S]*?)\.?\s*\([A-Z][A-Z0-9_]+\) \(version [^)]*\)\.?$/
const viaFile =
  /(: )?\(in file\/uri [^)]*\): While executing \w+(: While executing File)?(: data for INSERT was parsed from file)?/

/** Reads the engine's error; `injected` is what this process added to the statement and nobody should see. */
export function fromEngine(error: unknown, injected: readonly string[] = []): DatabaseError {
  if (error instanceof DatabaseError) return error
  const text = error instanceof Error ? error.message : String(error)
  const match = engineText.exec(text)
  let message = match?.[2] ?? text
  for (let inner = nested.exec(message); inner; inner = nested.exec(message)) message = inner[1] ?? ''
  for (const part of injected) message = message.replaceAll(part, '')
  message = message.replace(viaFile, '').trimEnd()
  return new DatabaseError(match?.[3] ?? 'UNKNOWN_EXCEPTION', message, {
    cause: error,
    ...(match && { code: Number(match[1]) }),
  })
}

/** The error's text on the wire, `Code: 60. DB::Exception: … (UNKNOWN_TABLE) (version 26.7.2.1 (official build))`. */
export function errorText(error: DatabaseError, version: string): string {
  const message = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`
  return `Code: ${error.code}. DB::Exception: ${message} (${error.type}) (version ${version} (official build))\n`
}

const statuses: Record<number, string[]> = {
  400: [
    'BAD_ARGUMENTS CANNOT_COMPILE_REGEXP CANNOT_PARSE_TEXT CANNOT_PARSE_ESCAPE_SEQUENCE CANNOT_PARSE_QUOTED_STRING',
    'CANNOT_PARSE_DATE CANNOT_PARSE_DATETIME CANNOT_PARSE_NUMBER CANNOT_PARSE_DOMAIN_VALUE_FROM_STRING CANNOT_PARSE_IPV4',
    'CANNOT_PARSE_IPV6 CANNOT_PARSE_UUID CANNOT_PARSE_INPUT_ASSERTION_FAILED DUPLICATE_COLUMN ILLEGAL_COLUMN',
    'THERE_IS_NO_COLUMN UNKNOWN_ELEMENT_IN_AST UNKNOWN_TYPE_OF_AST_NODE TOO_DEEP_AST TOO_BIG_AST',
    'UNEXPECTED_AST_STRUCTURE VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE SYNTAX_ERROR INCORRECT_DATA TYPE_MISMATCH',
  ],
  401: ['REQUIRED_PASSWORD'],
  403: ['UNKNOWN_USER WRONG_PASSWORD AUTHENTICATION_FAILED SET_NON_GRANTED_ROLE ACCESS_DENIED'],
  404: [
    'UNKNOWN_TABLE UNKNOWN_FUNCTION UNKNOWN_IDENTIFIER UNKNOWN_TYPE UNKNOWN_STORAGE UNKNOWN_DATABASE UNKNOWN_SETTING',
    'UNKNOWN_DIRECTION_OF_SORTING UNKNOWN_AGGREGATE_FUNCTION UNKNOWN_FORMAT UNKNOWN_DATABASE_ENGINE UNKNOWN_TYPE_OF_QUERY',
    'UNKNOWN_ROLE',
  ],
  408: ['TIMEOUT_EXCEEDED'],
  411: ['HTTP_LENGTH_REQUIRED'],
  413: ['QUERY_IS_TOO_LARGE'],
  415: ['UNSUPPORTED_MEDIA_TYPE'],
  501: ['NOT_IMPLEMENTED'],
  503: ['SOCKET_TIMEOUT CANNOT_OPEN_FILE CANNOT_SCHEDULE_TASK TOO_MANY_SIMULTANEOUS_QUERIES'],
}
const statusOf = new Map(
  Object.entries(statuses).flatMap(([status, names]) =>
    names.flatMap((list) => list.split(' ').map((name) => [name, Number(status)] as const)),
  ),
)

/** The HTTP status ClickHouse answers an error with; 503 where this process is full, which a server answers with 500. */
export const httpStatus = (error: DatabaseError): number => statusOf.get(error.type) ?? 500
