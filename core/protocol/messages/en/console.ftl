# The pages of the console.

console-title = Firebee console
console-sign-in = Sign in
console-sign-out = Sign out
