/** Messages for errors of requests. */

import { ApiError } from "../live/api";
import type { MessageKey } from "./catalogue";

/** Return the message for an error, by the code of the problem document that the hosting sent. */
export function findErrorMessage(error: unknown): MessageKey {
  if (!(error instanceof ApiError)) return "error.other";
  if (error.status === 0 || error.status >= 502) return "error.unreachable";
  if (error.code.includes("email")) return "error.email";
  if (error.code.includes("name")) return "error.name";
  if (error.status === 429 || error.code.includes("too_fast") || error.code.includes("too_often"))
    return "chat.too_fast";
  if (["room.over", "room.closed", "room.cancelled"].includes(error.code)) return "error.closed";
  if (["room.chat_off", "room.chat_over", "room.not_open"].includes(error.code)) return "chat.closed";
  return "error.other";
}
