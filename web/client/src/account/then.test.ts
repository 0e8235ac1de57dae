import { describe, expect, it } from "vitest";
import { placeAfter } from "./then";

const HERE = "http://127.0.0.1:8000";

describe("where to go after signing in", () => {
  it.each([
    ["/plan?from=a&to=b", "/plan?from=a&to=b"],
    [undefined, "/my"],
    ["https://example.org/", "/my"],
    ["//example.org/plan", "/my"],
    ["/\\example.org", "/my"],
    ["javascript:alert(1)", "/my"],
    ["/sign-in?then=/sign-in", "/my"],
  ])("%s leads to %s", (then, place) => {
    expect(placeAfter(then, HERE)).toBe(place);
  });
});
