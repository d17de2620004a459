/** Messages for errors of requests, by the code of the problem document that the hosting sent. */

import { ApiError } from "../live/api";
import type { ErrorCode } from "../live/protocol";
import type { MessageKey } from "./catalogue";

const MESSAGES: Partial<Record<ErrorCode, MessageKey>> = {
  "person.name": "error.name",
  "person.email": "error.email",
  "room.cancelled": "error.closed",
  "room.chat_off": "chat.closed",
  "room.chat_over": "chat.closed",
  "room.closed": "error.closed",
  "room.fast": "chat.too_fast",
  "room.not_open": "chat.closed",
  "room.over": "error.closed",
};

/** Return the message for an error of a request. */
export function findErrorMessage(error: unknown): MessageKey {
  if (!(error instanceof ApiError)) return "error.other";
  if (error.status === 0 || error.status >= 502) return "error.unreachable";
  return MESSAGES[error.code as ErrorCode] ?? "error.other";
}
