import { expect, it } from "vitest";
import { ApiError } from "../live/api";
import { findErrorMessage } from "./error_messages";

it.each([
  [0, "unreachable", "error.unreachable"],
  [503, "http.503", "error.unreachable"],
  [429, "room.fast", "chat.too_fast"],
  [409, "room.chat_over", "chat.closed"],
  [410, "room.closed", "error.closed"],
  [422, "room.empty", "error.other"],
])("finds the message for a failure (%i %s)", (status, code, key) => {
  expect(findErrorMessage(new ApiError(status, code, {}))).toBe(key);
});
