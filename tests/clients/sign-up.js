import { signUp } from "./server.js";

await signUp();
