/** Ordinary Camel steps over batches of logins. Routes come in as Camel builds them, with a batch as their message; each step leaves it as if every login had passed alone. The door is {@link loginstream.steps.LoginSteps}; what becomes of each login in the end is decided in {@link loginstream.steps.RouteEnd}. */
package loginstream.steps;
